"""A refusal is data: a code and its arguments. Faces make the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why something was not done. ``code`` is defined beside what refuses; ``args`` hold what the sentence needs."""

    code: str
    args: Mapping[str, object] = field(default_factory=dict)


class Refused(Exception):
    """Raised by a verb with every reason it found. Its text holds codes only, so that it is safe in a log."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(str(refusal.code) for refusal in refusals))
        self.refusals = refusals
