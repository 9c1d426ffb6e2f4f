"""The pages: they translate a request into one call and an answer into Danish; no rule lives here."""
