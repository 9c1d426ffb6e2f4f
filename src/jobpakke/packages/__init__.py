"""The trunk: programmes, packages, plans with their steps, approvals, evidence, promises, contacts and aftercare."""
