"""The rulebook, and a municipality's own limits."""
