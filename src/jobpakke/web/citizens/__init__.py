"""Citizens: the list, the staircase, facts, status and history."""
