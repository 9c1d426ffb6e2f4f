"""Follow-up: the two tables of a programme at a date, and what follows from them. Figures only, never names."""
