"""The little that everything needs: the clock, periods, refs, refusals, Danish order of names."""
