"""Results in context: beside the number of people who receive a benefit."""
