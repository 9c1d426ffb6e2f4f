"""The sentences of the note. Every figure in them comes from the facts; a sentence without its figures is left out."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobpakke.method.status import LabourMarketStatus
from jobpakke.print.document import written
from jobpakke.web.context.sentences import listed
from jobpakke.web.followup.sentences import percent
from jobpakke.web.note.facts import NoteFacts, pairs


def packages(facts: NoteFacts) -> list[str]:
    """Started packages and their growth, where they grew, and how many citizens they belong to."""
    return _kept(_growth(facts), _where_it_grew(facts), _more_than_one(facts))


def results(facts: NoteFacts) -> list[str]:
    """The self-support effect with its interval, and the municipalities by it."""
    return _kept(_effect(facts), _by_municipality(facts))


def jobs(facts: NoteFacts) -> list[str]:
    """The share of flex jobs, and who has lost the job again."""
    return _kept(_flex(facts), _relapse(facts))


def in_between(facts: NoteFacts) -> list[str]:
    """Who stands without a job and without anything under way, against everybody else."""
    total = facts.status.total
    if not total.citizens:
        return []
    waiting = total.counts[LabourMarketStatus.CASH_BENEFIT]
    values = {
        "people": waiting,
        "citizens": total.citizens,
        "percent": percent(Fraction(waiting, total.citizens)),
        "others": total.citizens - waiting,
    }
    return [
        _(
            "%(people)s of the %(citizens)s citizens (%(percent)s %%) stand in between, on cash benefit with nothing "
            "under way. The other %(others)s have a job, are still in a package, have a pension or another registered "
            "reason."
        )
        % values
    ]


def _kept(*sentences: str) -> list[str]:
    return [sentence for sentence in sentences if sentence]


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _growth(facts: NoteFacts) -> str:
    now = facts.targets.total.packages
    before = facts.counted.total.packages if facts.counted else 0
    if facts.counted is None or not before:
        text = ngettext(
            "%(packages)s package has been started by %(day)s.",
            "%(packages)s packages have been started by %(day)s.",
            now,
        )
        return text % {"packages": now, "day": _day(facts.on)}
    values = {
        "packages": now,
        "day": _day(facts.on),
        "before": before,
        "then": _day(facts.counted.on),
        "percent": percent(Fraction(now - before, before)),
    }
    return (
        _(
            "%(packages)s packages have been started by %(day)s, against %(before)s by %(then)s: a growth of "
            "%(percent)s %%, counted in packages and not in citizens."
        )
        % values
    )


def _where_it_grew(facts: NoteFacts) -> str:
    if facts.counted is None:
        return ""
    grown = [
        _("%(municipality)s (from %(before)s to %(now)s)")
        % {"municipality": now.municipality, "before": before.packages, "now": now.packages}
        for before, now in pairs(facts.counted, facts.targets)
        if now.packages > before.packages
    ]
    return _("The number grew in %(municipalities)s.") % {"municipalities": listed(grown)} if grown else ""


def _more_than_one(facts: NoteFacts) -> str:
    repeated = [
        _("In %(municipality)s %(packages)s packages are %(citizens)s citizens.")
        % {"municipality": row.municipality, "packages": row.packages, "citizens": status.citizens}
        for row, status in zip(facts.targets.rows, facts.status.rows, strict=True)
        if row.packages > status.citizens
    ]
    if not repeated:
        return ""
    return " ".join([_("Some citizens have had more than one package."), *repeated])


def _effect(facts: NoteFacts) -> str:
    total = facts.status.total
    share, interval = total.self_support_rate, total.interval
    if share is None or interval is None:
        return _("Nobody had begun in a package by %(day)s.") % {"day": _day(facts.on)}
    values = {
        "percent": f"{percent(share)} %",
        "people": total.self_supporting,
        "citizens": total.citizens,
        "low": written(interval[0], ""),
        "high": written(interval[1], ""),
        "day": _day(facts.on),
    }
    return (
        _(
            "The self-support effect on %(day)s is %(percent)s: %(people)s of %(citizens)s citizens have an ordinary "
            "job or a flex job. The interval of 95 %% certainty goes from %(low)s to %(high)s."
        )
        % values
    )


def _by_municipality(facts: NoteFacts) -> str:
    found = [
        (row.self_support_rate, str(row.municipality)) for row in facts.status.rows if row.self_support_rate is not None
    ]
    if len(found) < 2:
        return ""
    ordered = sorted(found, key=lambda each: -each[0])
    return _("By municipality, the highest first: %(municipalities)s.") % {
        "municipalities": listed([f"{name} {percent(rate)} %" for rate, name in ordered])
    }


def _flex(facts: NoteFacts) -> str:
    parts = [
        _("in %(municipality)s %(flex)s of the %(jobs)s jobs (%(percent)s %%)")
        % {
            "municipality": row.municipality,
            "flex": row.counts[LabourMarketStatus.FLEX_JOB],
            "jobs": row.self_supporting,
            "percent": percent(Fraction(row.counts[LabourMarketStatus.FLEX_JOB], row.self_supporting)),
        }
        for row in facts.status.rows
        if row.counts[LabourMarketStatus.FLEX_JOB]
    ]
    total = facts.status.total
    if not parts:
        return _("None of the %(jobs)s jobs is a flex job.") % {"jobs": total.self_supporting} if total.citizens else ""
    values = {"flex": total.counts[LabourMarketStatus.FLEX_JOB], "jobs": total.self_supporting, "parts": listed(parts)}
    return _("Of the %(jobs)s jobs %(flex)s are flex jobs: %(parts)s.") % values


def _relapse(facts: NoteFacts) -> str:
    reached, lost = facts.jobs.reached, facts.jobs.lost
    if not reached:
        return ""
    values = {
        "reached": reached,
        "lost": lost,
        "day": _day(facts.on),
        "percent": percent(Fraction(lost, reached)),
    }
    text = ngettext(
        "%(reached)s citizen has begun in a job after a package. On %(day)s %(lost)s of them (%(percent)s %%) is "
        "not self-supporting any more: there is a way out of jobs as well as into them.",
        "%(reached)s citizens have begun in a job after a package. On %(day)s %(lost)s of them (%(percent)s %%) are "
        "not self-supporting any more: there is a way out of jobs as well as into them.",
        reached,
    )
    return text % values
