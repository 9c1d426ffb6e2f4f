"""What groups, rates and hidden numbers are called."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobpakke.citizens.models import TargetGroupScheme
from jobpakke.followup.first_jobs import Estimate
from jobpakke.followup.flow import State, Work
from jobpakke.followup.groups import UNKNOWN, Grouping, split
from jobpakke.followup.tables import StatusRow
from jobpakke.followup.whose import REST, Whose
from jobpakke.packages.models import Trade
from jobpakke.web.followup.wording import percent
from jobpakke.web.labels import STATUS, code_label

GROUPING: Mapping[Grouping, Promise | str] = {
    Grouping.MUNICIPALITY: gettext_lazy("Municipality"),
    Grouping.TARGET_GROUP: gettext_lazy("Target group"),
    Grouping.GOAL: gettext_lazy("Job goal"),
    Grouping.SECTOR: gettext_lazy("Sector"),
    Grouping.TRADE: gettext_lazy("Trade"),
    Grouping.TEAM: gettext_lazy("Team of job consultants"),
}
GROUP_NOTE: Mapping[Grouping, Promise | str] = {
    Grouping.TARGET_GROUP: gettext_lazy(
        "Target group: the classification that held on the date; the newest of several."
    ),
    Grouping.GOAL: gettext_lazy("Job goal: the form of employment in the plan that was in effect on the date."),
    Grouping.SECTOR: gettext_lazy("Sector: of the workplace that the job goal named on the date."),
    Grouping.TRADE: gettext_lazy("Trade: that of the job goal in the plan that was in effect on the date."),
    Grouping.TEAM: gettext_lazy("Team: the one that the citizen's job consultant was in on the date."),
}
MOVE: Mapping[tuple[Work, Work], Promise | str] = {
    (Work.JOB, Work.JOB): gettext_lazy("In a job on both dates"),
    (Work.NO_JOB, Work.JOB): gettext_lazy("Came into a job"),
    (Work.JOB, Work.NO_JOB): gettext_lazy("Out of a job"),
    (Work.NO_JOB, Work.NO_JOB): gettext_lazy("In a job on neither"),
    (Work.NOT_BEGUN, Work.JOB): gettext_lazy("New, in a job"),
    (Work.NOT_BEGUN, Work.NO_JOB): gettext_lazy("New, without a job"),
}
_NO_BREAK = "\u00a0"


def group_name(by: Grouping, code: str) -> str:
    """What a group is called on screen."""
    if code == UNKNOWN:
        return _("Not known")
    if by is Grouping.TEAM:
        return code
    if by is Grouping.TRADE:
        return capfirst(str(Trade(code).label))
    if by is not Grouping.TARGET_GROUP:
        return capfirst(code_label(code))
    scheme, group = split(code)
    return f"{capfirst(TargetGroupScheme(scheme).label)}: {code_label(group)}"


def row_name(row: StatusRow, by: Grouping) -> str:
    """The municipality, or the other group, of a row."""
    return row.municipality.name if row.municipality else group_name(by, row.group)


def whose_name(whose: Whose, by: Grouping) -> str:
    """The same of a curve."""
    if whose.is_everyone:
        return _("All")
    if whose.code == REST:
        return _("The others together")
    return whose.municipality.name if whose.municipality else group_name(by, whose.code)


def state_name(state: State, *, then: bool) -> str:
    """A status on the first date of two (``then``) or on the second, or why the citizen did not count."""
    if state is not None:
        return str(STATUS[state])
    return _("Not begun yet") if then else _("Counts elsewhere now")


def share_text(share: Fraction, low: float | None, high: float | None) -> str:
    """A share with its interval: 38 % (33-43); without one where there is none."""
    text = f"{percent(share)}{_NO_BREAK}%"
    return text if low is None or high is None else f"{text}{_NO_BREAK}({_whole(low)}–{_whole(high)})"


def rate_text(row: StatusRow) -> str:
    """Self-support of a row."""
    rate, interval = row.self_support_rate, row.interval
    if row.hides_rate:
        return hidden_word()
    return "–" if rate is None or interval is None else share_text(rate, *interval)


def estimate_text(estimate: Estimate | None, at_risk: int | None) -> str:
    """A point of a curve; a dash where nobody is followed any more, else that it must not be shown."""
    if estimate is None:
        return "–" if at_risk == 0 else hidden_word()
    return share_text(Fraction(estimate.share), estimate.low, estimate.high)


def number_text(number: int | None) -> str:
    """A count, or that it must not be shown."""
    return hidden_word() if number is None else str(number)


def hidden_word() -> str:
    """What stands where a number must not be shown."""
    return _("hidden")


def hidden_note(least: int | None) -> str:
    """What stands under a table in which numbers below ``least`` are hidden; nothing where none can be."""
    if least is None or least <= 1:
        return ""
    text = ngettext(
        "The number %(most)s is hidden, and others that would give it away.",
        "Numbers from 1 to %(most)s are hidden, and others that would give them away.",
        least - 1,
    )
    return text % {"most": least - 1}


def _whole(share: float) -> int:
    return percent(Fraction(share))
