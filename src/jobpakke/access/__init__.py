"""Who may do what: municipalities, users, roles; one right in both directions; the log of look-ups."""
