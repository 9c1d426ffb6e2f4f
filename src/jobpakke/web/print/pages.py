"""From a plan version to its print, in a fixed number of queries."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from jobpakke.method.agreement import CITIZEN, MUNICIPALITY
from jobpakke.packages.answers import Answered, answers_of
from jobpakke.packages.facts import Plan, plan_and_agreed
from jobpakke.packages.models import (
    AcceptedWarning,
    Aftercare,
    Commitment,
    JobGoal,
    Mentorship,
    PlanVersion,
)
from jobpakke.web.labels import code_label, label
from jobpakke.web.plans.changes import change_sentences
from jobpakke.web.plans.pages import STATE_WORDS, PlanState, state_on
from jobpakke.web.print.paper import Paper, Part, Signature
from jobpakke.web.print.stairs import in_words, stairs_of, table_of
from jobpakke.web.promises.pages import due_words, promised_by
from jobpakke.web.staircase import step_names


def paper_of(version: PlanVersion, *, on: date) -> Paper:
    """The print of a version as it was on a day. Nobody's CPR number or address is on it."""
    on = max(on, version.drafted_on)
    plan, agreed = plan_and_agreed(version)
    state, goal, citizen = state_on(version, on=on), version.goal, version.package.citizen
    stairs, most = stairs_of(plan, goal, on=on)
    proposed = version.proposed_on is not None and version.proposed_on <= on
    heading = _("Job package: %(goal)s") % {"goal": goal.title}
    return Paper(
        lang="en" if (get_language() or "").startswith("en") else "da",
        title=_("Job package of %(name)s, version %(number)s") % {"name": citizen.name, "number": version.number},
        heading=heading,
        notice=_notice(state),
        footer=_("%(name)s · version %(number)s · %(state)s · as of %(day)s")
        % {"name": citizen.name, "number": version.number, "state": STATE_WORDS[state], "day": _day(on)},
        facts=_facts(version, goal, state, on=on),
        reason=version.reason if proposed else "",
        changes=change_sentences(agreed, plan) if agreed else (),
        levels=most,
        stairs=stairs,
        stairs_alt=in_words(plan, goal),
        steps=table_of(plan),
        lists=_lists(version, plan, on=on),
        meaning=_meaning(state),
        signatures=_signatures(version, on=on) if state in (PlanState.PROPOSED, PlanState.AGREED) else (),
        words=_words(),
    )


def _notice(state: PlanState) -> str:
    return {
        PlanState.DRAFT: _("DRAFT: may still change, and is not signed"),
        PlanState.PROPOSED: _("PROPOSED: holds only when all have said yes"),
        PlanState.WITHDRAWN: _("TAKEN BACK: this proposal does not hold"),
        PlanState.AGREED: "",
    }[state]


def _facts(version: PlanVersion, goal: JobGoal, state: PlanState, *, on: date) -> tuple[tuple[str, str], ...]:
    package = version.package
    found = [
        (_("Citizen"), package.citizen.name),
        (_("Municipality"), package.citizen.municipality.name),
        (_("Job goal"), goal.title),
        (_("Form of employment"), label(goal.form)),
        (_("Workplace"), goal.workplace.name if goal.workplace else _("not chosen yet")),
    ]
    if goal.function:
        found.append((_("Function"), goal.function.title))
    found += [(_("Version"), str(version.number)), (_("State"), _state_since(version, state)), (_("As of"), _day(on))]
    return tuple(found)


def _state_since(version: PlanVersion, state: PlanState) -> str:
    since = {
        PlanState.DRAFT: version.drafted_on,
        PlanState.PROPOSED: version.proposed_on,
        PlanState.WITHDRAWN: version.withdrawn_on,
        PlanState.AGREED: version.effective_on,
    }[state]
    return f"{STATE_WORDS[state]} {_day(since)}" if since else str(STATE_WORDS[state])


def _lists(version: PlanVersion, plan: Plan, *, on: date) -> tuple[Part, ...]:
    parts = (
        Part(_("What each has promised"), _promises(version, on=on)),
        Part(_("Mentors"), _mentors(plan, on=on)),
        Part(_("Limits that are passed, and why"), _accepted(version, plan, on=on)),
        Part(_("Aftercare"), _aftercare(version, on=on)),
    )
    return tuple(part for part in parts if part.lines)


def _promises(version: PlanVersion, *, on: date) -> tuple[str, ...]:
    there = Commitment.objects.filter(package=version.package_id)
    rows = (there.open_on(on) | there.filter(laid_in=version, made_on__isnull=True)).as_of(on)
    return tuple(f"{promised_by(row)}: {row.text} ({due_words(row, on=on)})" for row in rows)


def _mentors(plan: Plan, *, on: date) -> tuple[str, ...]:
    names = step_names(plan)
    rows = Mentorship.objects.filter(step__in=[row.step_id for row in plan.planned], named_on__lte=on)
    return tuple(
        _("%(mentor)s, %(place)s: from %(day)s, at “%(step)s”")
        % {
            "mentor": row.who,
            "place": row.place or label(row.party),
            "day": _day(row.starts_on),
            "step": names[row.step.ref],
        }
        for row in rows.called().select_related("step").order_by("starts_on", "pk")
    )


def _accepted(version: PlanVersion, plan: Plan, *, on: date) -> tuple[str, ...]:
    names = step_names(plan)
    refs = [row.step.ref for row in plan.planned]
    rows = AcceptedWarning.objects.filter(package=version.package_id, step__in=refs, accepted_on__lte=on)
    return tuple(
        _("“%(step)s”: %(limit)s. Reason: %(reason)s")
        % {"step": names[row.step], "limit": code_label(row.code), "reason": row.reason}
        for row in rows
    )


def _aftercare(version: PlanVersion, *, on: date) -> tuple[str, ...]:
    package = version.package
    care = Aftercare.objects.filter(package=package).agreed_by(on).first()
    if care is None or package.ended_on is None or package.ended_on > on:
        return ()
    ends_on = care.ended_on if care.ended_on and care.ended_on <= on else care.ends_on
    words = {"first": _day(care.starts_on), "until": _day(ends_on)}
    return (_("Agreed from %(first)s until %(until)s. It is used when it is needed.") % words,)


def _meaning(state: PlanState) -> tuple[str, ...]:
    if state is PlanState.DRAFT:
        return (_("A draft is not signed. When it has been proposed, it can be printed again, with room to sign."),)
    if state is PlanState.WITHDRAWN:
        return (_("This proposal has been taken back and is not signed any more. Ask for the version that holds."),)
    return (
        _("Whoever signs says yes to exactly this plan: the job goal, the steps, and what has been promised."),
        _("The plan holds when all have said yes: the citizen, each company and, last, the municipality."),
        _("When something important changes, a new version is made, and all are asked again."),
        _("Nobody has to sign on paper. One can also say yes at a meeting or on the phone. Ask about what is unclear."),
    )


def _signatures(version: PlanVersion, *, on: date) -> tuple[Signature, ...]:
    """A field for each who is asked, a company by its name; empty while nobody has named it."""
    own = {CITIZEN: version.package.citizen.name, MUNICIPALITY: version.package.citizen.municipality.name}
    return tuple(
        Signature(label(each.voice.side.value), own.get(each.voice, each.name), _said(each.yes))
        for each in answers_of(version, on=on)
    )


def _said(row: Answered | None) -> str:
    if row is None:
        return ""
    words = {"day": _day(row.given_on), "by": row.by}
    if not row.how:
        return _("Said yes on %(day)s, by %(by)s.") % words
    words["how"] = code_label(row.how)
    return capfirst(_("%(how)s on %(day)s, recorded by %(by)s.") % words)


def _words() -> dict[str, str]:
    """What the template itself says."""
    return {
        "page": _("Page"),
        "of": _("of"),
        "why": _("Why the plan changes"),
        "changes": _("What changes since the agreed version"),
        "stairs": _("The staircase"),
        "steps": _("The steps"),
        "no_steps": _("The plan has no steps yet."),
        "number": _("No."),
        "step": _("Step and sub-goals"),
        "days": _("First and last day"),
        "hours": _("Hours a week"),
        "after": _("After no."),
        "sign": _("What it means to sign"),
        "signatures": _("Signatures"),
        "name": _("Name in capitals"),
        "signature": _("Signature"),
        "date": _("Date"),
        "incomplete": _("□ stands for a sign that this print cannot show."),
    }


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
