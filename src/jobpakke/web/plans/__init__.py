"""Building a plan, agreeing on it, changing it."""
