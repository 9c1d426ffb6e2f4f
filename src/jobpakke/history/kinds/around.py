"""Events around a package: mentors, conversations, aftercare, progress and signed papers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jobpakke.history.kinds.base import EventKind


@dataclass(frozen=True, slots=True)
class MentorAssigned(EventKind):
    """A mentor was tied to a step."""

    mentor: UUID


@dataclass(frozen=True, slots=True)
class MentorRemoved(EventKind):
    """A mentor was taken out of a plan that is still being made."""

    mentor: UUID


@dataclass(frozen=True, slots=True)
class MentorConfirmed(EventKind):
    """A mentor confirmed confidentiality."""

    mentor: UUID


@dataclass(frozen=True, slots=True)
class MentorUnconfirmed(EventKind):
    """A mentor had not confirmed confidentiality, as was recorded."""

    mentor: UUID
    was_on: date
    because: str


@dataclass(frozen=True, slots=True)
class MentorReplaced(EventKind):
    """A step got another mentor in the place of one."""

    mentor: UUID
    was: UUID


@dataclass(frozen=True, slots=True)
class MentorStopped(EventKind):
    """A mentor stopped before the package ended, or never came to begin."""

    mentor: UUID


@dataclass(frozen=True, slots=True)
class MentorEnded(EventKind):
    """A mentor's support at a step ended with the package."""

    mentor: UUID


@dataclass(frozen=True, slots=True)
class ContactRecorded(EventKind):
    """A conversation was noted in the journal: how, and with whom."""

    contact_kind: str
    party: str


@dataclass(frozen=True, slots=True)
class NoteWritten(EventKind):
    """A note was written in the journal; no conversation took place."""


@dataclass(frozen=True, slots=True)
class NoteCorrected(EventKind):
    """A note of the journal was replaced by a corrected one."""

    note: UUID


@dataclass(frozen=True, slots=True)
class AftercareEnded(EventKind):
    """Aftercare ended before its day, by wish."""


@dataclass(frozen=True, slots=True)
class AftercareAgreed(EventKind):
    """Aftercare was agreed until a date."""

    until: date


@dataclass(frozen=True, slots=True)
class AftercareExtended(EventKind):
    """Aftercare ends later than it was agreed."""

    was_on: date
    until: date


@dataclass(frozen=True, slots=True)
class AftercareResumed(EventKind):
    """Aftercare that had ended was taken up again, as another agreement until a date."""

    until: date


@dataclass(frozen=True, slots=True)
class AftercareEndUndone(EventKind):
    """Aftercare had not ended by wish, as was recorded; it goes on until its day."""

    was_on: date
    until: date
    because: str


@dataclass(frozen=True, slots=True)
class AftercareFollowed(EventKind):
    """Aftercare got other days with the corrected first day of the job."""

    starts_on: date
    until: date
    was_from: date
    was_on: date


@dataclass(frozen=True, slots=True)
class AftercareUsed(EventKind):
    """Aftercare was used: who called, about what."""

    called_by: str
    topic: str


@dataclass(frozen=True, slots=True)
class ProgressMeasured(EventKind):
    """A party answered the questions of the progress measure."""

    by: str
    questionnaire: str
    version: int


@dataclass(frozen=True, slots=True)
class ProgressCorrected(EventKind):
    """A party's answers were corrected by a new measure."""

    by: str


@dataclass(frozen=True, slots=True)
class QuestionnaireRevised(EventKind):
    """A municipality got questions of its own to a party, from a day."""

    by: str
    version: int


@dataclass(frozen=True, slots=True)
class SignedCopyFiled(EventKind):
    """A signed copy of a plan version was filed."""

    version: int
    by_citizen: bool
    by_company: bool
    by_municipality: bool


@dataclass(frozen=True, slots=True)
class SignedCopyWithdrawn(EventKind):
    """A signed copy was withdrawn."""

    version: int


@dataclass(frozen=True, slots=True)
class SignedCopyWiped(EventKind):
    """The bytes of a signed copy were removed."""

    version: int


@dataclass(frozen=True, slots=True)
class StoryWritten(EventKind):
    """A wording of a package's case story was written; it needs a consent of its own."""

    number: int


@dataclass(frozen=True, slots=True)
class StoryAsked(EventKind):
    """The citizen was shown a wording of the case story and asked for consent."""

    number: int
    how: str


@dataclass(frozen=True, slots=True)
class StoryConsented(EventKind):
    """The citizen consented to a wording of the case story, recorded on their behalf."""

    number: int
    on_behalf: str


@dataclass(frozen=True, slots=True)
class StoryWithdrawn(EventKind):
    """The citizen took the consent to a wording of the case story back."""

    number: int
    how: str
