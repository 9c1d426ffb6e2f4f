"""The trunk: programmes, packages, plans with their steps, approvals, evidence, promises, the journal and aftercare."""
