"""Events of the network: ambassadors, their courses, newsletters."""

from __future__ import annotations

from dataclasses import dataclass

from jobpakke.history.kinds.base import EventKind


@dataclass(frozen=True, slots=True)
class AmbassadorJoined(EventKind):
    """Somebody became an ambassador; ``organisation``: the code of the municipality, empty for another actor."""

    organisation: str


@dataclass(frozen=True, slots=True)
class AmbassadorLeft(EventKind):
    """Somebody is no ambassador any more from the day on."""


@dataclass(frozen=True, slots=True)
class CourseRunOpened(EventKind):
    """A run of a course was announced, with so many seats."""

    course: str
    seats: int


@dataclass(frozen=True, slots=True)
class CourseRunCalledOff(EventKind):
    """A run of a course is not held."""


@dataclass(frozen=True, slots=True)
class SeatTaken(EventKind):
    """An ambassador has a seat on a run."""

    run: str


@dataclass(frozen=True, slots=True)
class SeatGivenUp(EventKind):
    """An ambassador gave a seat on a run up."""

    run: str


@dataclass(frozen=True, slots=True)
class NewsletterRecorded(EventKind):
    """A newsletter was sent to so many subscribers; ``before``: to how many it was said to have been before."""

    subscribers: int
    before: int | None
