"""Citizens: the list, the staircase, contacts, facts, status and history."""
