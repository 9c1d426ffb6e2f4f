"""Public ids."""

from uuid import UUID, uuid4

Ref = UUID
"""What names a thing outside the database: in addresses, events and the method."""


def new_ref() -> Ref:
    """A ref that nobody can guess."""
    return uuid4()


def parse_ref(text: str | None) -> Ref | None:
    """The ref in a text that came from outside; None where there is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
