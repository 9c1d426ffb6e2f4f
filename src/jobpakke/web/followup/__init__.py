"""Follow-up: both tables, the chart, the sentences."""
