"""What the page of a case story shows: one wording with what became of it, and the others by number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobpakke.lib.refusal import Refusal
from jobpakke.method.stories import StoryState, state_of, why_not_tell
from jobpakke.packages.models import CaseStory, JobPackage, StoryConsent
from jobpakke.packages.retention import RetentionRefusal, locked_since
from jobpakke.packages.stories import paragraphs
from jobpakke.web.errors import sentence
from jobpakke.web.http import Visitor
from jobpakke.web.labels import code_label

STATES: Mapping[StoryState, tuple[Promise | str, str]] = {
    StoryState.DRAFT: (gettext_lazy("Draft: the citizen has not been asked"), "neutral"),
    StoryState.AWAITING: (gettext_lazy("Waits for the citizen's consent"), "warning"),
    StoryState.CONSENTED: (gettext_lazy("The citizen has consented"), "success"),
    StoryState.WITHDRAWN: (gettext_lazy("The consent has been taken back"), "error"),
}
"""What each state is called, and the mark it carries."""


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One thing that happened to a wording."""

    day: date
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class ShownStory:
    """A wording. ``newest``: there was none after it on the viewed date; only then its state counts."""

    row: CaseStory
    paragraphs: tuple[str, ...]
    newest: bool
    state: StoryState
    lines: tuple[StoryLine, ...]

    @property
    def name(self) -> Promise | str:
        """What its state is called."""
        return STATES[self.state][0]

    @property
    def mark(self) -> str:
        """The mark that its state carries."""
        return STATES[self.state][1]


@dataclass(frozen=True, slots=True)
class Wording:
    """One of the wordings, and where it is read."""

    row: CaseStory
    url: str


@dataclass(frozen=True, slots=True)
class StoryPage:
    """``wordings``: all by the viewed date, the newest first; ``why_not``: why no story is told of the package;
    ``locked``: that nothing in it changes any more, empty where it does."""

    package: JobPackage
    shown: ShownStory | None
    wordings: tuple[Wording, ...]
    why_not: tuple[str, ...]
    locked: str

    @property
    def can_change(self) -> bool:
        """Whether a story can be written, asked about and consented to; a consent can always be taken back."""
        return not self.why_not and not self.locked


def story_page(who: Visitor, package: JobPackage, *, number: str) -> StoryPage:
    """The wording with the number, else the newest, as the story stood on the viewed date; four queries."""
    on = who.viewing.on
    rows = tuple(package.stories.written_by_day(on).select_related("written_by").defer("text"))
    asked = next((row for row in rows if str(row.number) == number), rows[0] if rows else None)
    here = reverse("story", args=[package.ref])
    is_protected = package.citizen.address_protected is not False
    return StoryPage(
        package=package,
        shown=_shown(asked, newest=asked == rows[0], on=on) if asked else None,
        wordings=tuple(Wording(row, f"{here}?udgave={row.number}") for row in rows),
        why_not=tuple(sentence(each) for each in why_not_tell(package.opened_on, is_protected=is_protected, on=on)),
        locked=_locked(package, on=who.viewing.today),
    )


def _locked(package: JobPackage, *, on: date) -> str:
    since = locked_since(package, on=on)
    return sentence(Refusal(RetentionRefusal.PACKAGE_LOCKED, {"since": since})) if since else ""


def _shown(asked: CaseStory, *, newest: bool, on: date) -> ShownStory:
    consents = Prefetch("consents", StoryConsent.objects.select_related("recorded_by", "withdrawn_by"))
    rows = CaseStory.objects.select_related("written_by", "asking__asked_by")
    row = rows.prefetch_related(consents).get(pk=asked.pk)
    return ShownStory(row, paragraphs(row.text), newest, state_of(row.fact(), on=on), _lines(row, on=on))


def _lines(row: CaseStory, *, on: date) -> tuple[StoryLine, ...]:
    """What had happened by the date, in order."""
    found = [StoryLine(row.written_on, _("Written"), row.written_by.full_name)]
    asking = getattr(row, "asking", None)
    if asking is not None:
        text = _("The citizen was asked, %(how)s") % {"how": code_label(asking.how)}
        found.append(StoryLine(asking.asked_on, text, asking.asked_by.full_name))
    for each in row.consents.all():
        text = _("The citizen consented (%(how)s)") % {"how": code_label(each.on_behalf_reason)}
        found.append(StoryLine(each.given_on, text, each.recorded_by.full_name))
        if each.withdrawn_on is not None and each.withdrawn_by is not None:
            text = _("The citizen took the consent back, %(how)s") % {"how": code_label(each.withdrawn_how)}
            found.append(StoryLine(each.withdrawn_on, text, each.withdrawn_by.full_name))
    return tuple(line for line in sorted(found, key=lambda each: each.day) if line.day <= on)
