"""Nobody is left: who needs somebody today, as a query over facts, never as stored tasks."""
