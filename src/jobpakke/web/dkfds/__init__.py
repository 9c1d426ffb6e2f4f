"""Components of Det Fælles Designsystem: one inclusion tag each, its class names nowhere else."""
