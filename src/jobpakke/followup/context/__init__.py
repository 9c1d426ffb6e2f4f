"""How many receive a benefit in a municipality, month by month: what a programme's results are seen against."""
