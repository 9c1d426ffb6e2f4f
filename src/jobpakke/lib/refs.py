"""Public ids."""

from uuid import UUID, uuid4

Ref = UUID
"""What names a thing outside the database: in addresses, events and the method."""


def new_ref() -> Ref:
    """A ref that nobody can guess."""
    return uuid4()
