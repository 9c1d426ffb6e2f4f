"""Tags of the pages that are not those of Det Fælles Designsystem."""
