"""Users of a municipality, for its administrator."""
