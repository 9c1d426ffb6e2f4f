"""What differs between two wordings of a plan, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from jobpakke.lib.periods import Period
from jobpakke.method.changes import Change, Effect, Field, difference
from jobpakke.method.schedule import holes, span, too_early
from jobpakke.method.week import WeekTime
from jobpakke.packages.facts import Plan
from jobpakke.packages.wording import wording
from jobpakke.web.labels import EFFECT_OF_ONE, WEEKDAYS, code_label
from jobpakke.web.plans.fields import written
from jobpakke.web.promises.pages import LaidLine, laid_lines
from jobpakke.web.staircase import step_names


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A difference as a sentence, and what it asks of the parties."""

    text: str
    effect: Promise | str


def change_lines(old: Plan, new: Plan, laid: tuple[LaidLine, ...]) -> tuple[ChangeLine, ...]:
    """Every difference, the goal first, and last the promises laid with the new one."""
    before, after = wording(old), wording(new)
    if before is None or after is None:
        return ()
    names = {**places(old), **places(new), **step_names(old), **step_names(new)}
    found = (ChangeLine(_sentence(change, names), EFFECT_OF_ONE[change.effect]) for change in difference(before, after))
    return (*found, *(ChangeLine(_promised(line), EFFECT_OF_ONE[Effect.APPROVE]) for line in laid))


def _promised(line: LaidLine) -> str:
    day = _day(line.due_on) if line.due_on else ""
    return _("New promise: “%(text)s” by %(day)s (%(party)s).") % {"text": line.text, "day": day, "party": line.party}


def change_sentences(old: Plan, new: Plan) -> tuple[str, ...]:
    """The same, without what follows; one query."""
    return tuple(line.text for line in change_lines(old, new, laid_lines(new.version)))


def places(plan: Plan) -> dict[object, str]:
    """What workplaces and the function of a plan are called, by ref."""
    goal = plan.version.goal if plan.version else None
    found: dict[object, str] = {row.workplace.ref: row.workplace.name for row in plan.planned if row.workplace}
    if goal and goal.workplace:
        found[goal.workplace.ref] = goal.workplace.name
    if goal and goal.function:
        found[goal.function.ref] = goal.function.title
    return found


def consequences(old: Plan | None, new: Plan, *, on: date) -> tuple[str, ...]:
    """What follows from the plan as it is worded now: its length, days without activity, steps that begin too early."""
    found = []
    before, after = (span(old.steps) if old else None), span(new.steps)
    if after and after.end and before and before.end and before.end != after.end:
        words = {"was": _last(before), "now": _last(after)}
        found.append(_("The last step is planned to end on %(now)s instead of %(was)s.") % words)
    names = step_names(new)
    for hole in holes(new.steps, on=on):
        days = {"first": _day(hole.start), "last": _last(hole), "days": hole.days}
        found.append(_("From %(first)s to %(last)s nothing is planned (%(days)s days).") % days)
    for early in too_early(new.steps):
        said = {"step": names[early.step], "need": names[early.needed], "day": _day(early.starts_on)}
        found.append(_("“%(step)s” is planned from %(day)s, before “%(need)s” is planned to have ended.") % said)
    return tuple(found)


_TEXTS = {
    Field.GOAL_TITLE: lambda: _("The job goal is “%(now)s” instead of “%(was)s”."),
    Field.GOAL_FORM: lambda: _("The goal is: %(now)s, instead of: %(was)s."),
    Field.GOAL_WORKPLACE: lambda: _("The workplace of the goal: %(now)s instead of %(was)s."),
    Field.GOAL_FUNCTION: lambda: _("The function of the goal: %(now)s instead of %(was)s."),
    Field.STEP_ADDED: lambda: _("New step: “%(step)s”, %(now)s."),
    Field.STEP_REMOVED: lambda: _("“%(was)s” leaves the plan."),
    Field.STEP_TITLE: lambda: _("“%(was)s” is now called “%(now)s”."),
    Field.STEP_DAYS: lambda: _("“%(step)s”: %(now)s instead of %(was)s."),
    Field.STEP_HOURS: lambda: _("“%(step)s”: %(now)s hours a week instead of %(was)s."),
    Field.STEP_TIMES: lambda: _("“%(step)s” takes place: %(now)s. Before: %(was)s."),
    Field.STEP_WORKPLACE: lambda: _("“%(step)s” is at: %(now)s. Before: %(was)s."),
    Field.STEP_NEEDS: lambda: _("Before “%(step)s” must be fulfilled: %(now)s. Until now: %(was)s."),
    Field.SUB_GOAL_ADDED: lambda: _("New sub-goal in “%(step)s”: %(now)s."),
    Field.SUB_GOAL_REMOVED: lambda: _("The sub-goal “%(was)s” leaves “%(step)s”."),
    Field.POSITION: lambda: _("The steps are listed in another order."),
}


def _sentence(change: Change, names: Mapping[object, str]) -> str:
    words = {
        "step": names.get(change.step, ""),
        "was": _value(change.was, names),
        "now": _value(change.now, names),
    }
    return str(_TEXTS[change.field]()) % words


def _value(value: object, names: Mapping[object, str]) -> str:
    if value is None:
        return _("not said")
    if isinstance(value, Period):
        return f"{_day(value.start)} – {_last(value)}"  # noqa: RUF001  # a Danish dash
    if isinstance(value, frozenset):
        return _several(value, names)
    if isinstance(value, str):
        return code_label(value)
    return names.get(value, str(value).replace(".", ","))


def _several(values: frozenset[object], names: Mapping[object, str]) -> str:
    if not values:
        return _("nothing")
    times = [each for each in values if isinstance(each, WeekTime)]
    if times:
        days = sorted({each.weekday for each in times})
        return "; ".join(f"{WEEKDAYS[day]} {written(each for each in times if each.weekday == day)}" for day in days)
    return ", ".join(sorted(f"“{names.get(each, '')}”" for each in values))


def _day(day: date) -> str:
    return date_format(day, "MEDIUM_DATE_FORMAT")


def _last(period: Period) -> str:
    return _day(period.end - timedelta(days=1)) if period.end else ""
