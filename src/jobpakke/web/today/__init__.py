"""I dag: who needs somebody."""
