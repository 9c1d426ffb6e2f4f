"""What all kinds of event share."""

from __future__ import annotations

import re


class EventKind:
    """What all kinds share: a code made from the class's name and data that fit in JSON."""

    __slots__ = ()

    @classmethod
    def code(cls) -> str:
        """``StepStarted`` -> ``step_started``."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
