"""What happened, kept for good: the append-only event log, period rows, and the guards in the database itself."""
