"""Public ids."""

from uuid import UUID, uuid4

Ref = UUID
"""What names a thing outside the database: in addresses, events and the method."""


def new_ref() -> Ref:
    """A ref that nobody can guess."""
    return uuid4()


def parse_ref(value: object) -> Ref | None:
    """The ref in what came from outside or was stored as text; None where there is none."""
    try:
        return UUID(str(value))
    except ValueError:
        return None
