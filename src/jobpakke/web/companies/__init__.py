"""Companies and their workplaces."""
