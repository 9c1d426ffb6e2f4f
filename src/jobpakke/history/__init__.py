"""What happened, kept for good: the append-only event log, period rows, and the guards that the database itself holds."""
