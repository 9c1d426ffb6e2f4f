"""What follows from the tables, in plain sentences, the same on the page and in the note.

Every figure in them comes from the results; a sentence without its figures, or with one that must not be shown, is left
out.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobpakke.followup.jobs import Jobs, Relapse
from jobpakke.followup.results import Changes, Results
from jobpakke.followup.tables import CITIZENS
from jobpakke.method.status import LabourMarketStatus
from jobpakke.print.document import written
from jobpakke.web.followup.wording import day_text, listed, percent

FLEX, WAITING = LabourMarketStatus.FLEX_JOB, LabourMarketStatus.CASH_BENEFIT


def derived(results: Results) -> list[str]:
    """All of them, in the order of the note."""
    return [*changed(results), *packages(results), *effect(results), *jobs(results), *in_between(results)]


def packages(results: Results) -> list[str]:
    """Started packages and their growth, where they grew, and how many citizens they belong to."""
    return _kept(_growth(results), _where_it_grew(results), _more_than_one(results))


def effect(results: Results) -> list[str]:
    """The self-support effect with its interval, and the municipalities by it."""
    return _kept(_self_support(results), _by_municipality(results))


def jobs(results: Results) -> list[str]:
    """The share of flex jobs, who came into a job, and relapse."""
    found = results.jobs
    if found is None or not found.reached:
        return _kept(_flex(results))
    return _kept(_flex(results), _reached(found, results.on), _relapse(found.relapse))


def in_between(results: Results) -> list[str]:
    """Who stands without a job and without anything under way, against everybody else."""
    total = results.status.total
    if not total.citizens or not total.hidden.isdisjoint({WAITING, CITIZENS}):
        return []
    waiting = total.counts[WAITING]
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


def changed(results: Results) -> list[str]:
    """What is different from the earlier date: how often somebody came into a job or out of one, who is new, and the
    share then and now."""
    return [] if results.changes is None else changes(results.changes, hides=results.hides)


def changes(found: Changes, *, hides: bool = False) -> list[str]:
    """The same of what is read already. ``hides``: without the share of the earlier date, which no table shows."""
    moved = found.moved
    values = {
        "day": day_text(moved.then),
        "into": found.turned.entered,
        "out": found.turned.left,
        "new": moved.begun,
        "new_jobs": moved.begun_in_jobs,
    }
    text = _(
        "Since %(day)s: %(into)s times somebody came into a job, and %(out)s times out of one again. %(new)s are new "
        "since then; %(new_jobs)s of them have a job now."
    )
    then, now = moved.share_then, moved.share_now
    if hides or then is None or now is None:
        return [text % values]
    shares = {"then": percent(then), "now": percent(now)}
    return [text % values, _("Self-support was %(then)s %%, and is %(now)s %%.") % shares]


def _kept(*sentences: str) -> list[str]:
    return [sentence for sentence in sentences if sentence]


def _growth(results: Results) -> str:
    started = results.targets.total
    counted = results.counted
    if started.is_hidden:
        return ""
    before = 0 if counted is None or counted.total.is_hidden else counted.total.packages
    if counted is None or not before:
        text = ngettext(
            "%(packages)s package has been started by %(day)s.",
            "%(packages)s packages have been started by %(day)s.",
            started.packages,
        )
        return text % {"packages": started.packages, "day": day_text(results.on)}
    values = {
        "packages": started.packages,
        "day": day_text(results.on),
        "before": before,
        "then": day_text(counted.on),
        "percent": percent(Fraction(started.packages - before, before)),
    }
    return (
        _(
            "%(packages)s packages have been started by %(day)s, against %(before)s by %(then)s: a growth of "
            "%(percent)s %%, counted in packages and not in citizens."
        )
        % values
    )


def _where_it_grew(results: Results) -> str:
    grown = [
        _("%(municipality)s (from %(before)s to %(now)s)")
        % {"municipality": now.municipality, "before": before.packages, "now": now.packages}
        for before, now in results.growth()
        if now.packages > before.packages and not now.is_hidden and not before.is_hidden
    ]
    return _("The number grew in %(municipalities)s.") % {"municipalities": listed(grown)} if grown else ""


def _more_than_one(results: Results) -> str:
    repeated = [
        _("In %(municipality)s %(packages)s packages are %(citizens)s citizens.")
        % {"municipality": row.municipality, "packages": row.packages, "citizens": status.citizens}
        for row, status in zip(results.targets.rows, results.status.rows, strict=True)
        if row.packages > status.citizens and not row.is_hidden and CITIZENS not in status.hidden
    ]
    if not repeated:
        return ""
    return " ".join([_("Some citizens have had more than one package."), *repeated])


def _self_support(results: Results) -> str:
    total = results.status.total
    share, interval = total.self_support_rate, total.interval
    if share is None or interval is None:
        return _("Nobody had begun in a package by %(day)s.") % {"day": day_text(results.on)}
    if total.hides_rate:
        return ""
    values = {
        "percent": f"{percent(share)} %",
        "people": total.self_supporting,
        "citizens": total.citizens,
        "low": written(interval[0], ""),
        "high": written(interval[1], ""),
        "day": day_text(results.on),
    }
    return (
        _(
            "The self-support effect on %(day)s is %(percent)s: %(people)s of %(citizens)s citizens have an ordinary "
            "job or a flex job. The interval of 95 %% certainty goes from %(low)s to %(high)s."
        )
        % values
    )


def _by_municipality(results: Results) -> str:
    found = [
        (row.self_support_rate, str(row.municipality))
        for row in results.status.rows
        if row.self_support_rate is not None and not row.hides_rate
    ]
    if len(found) < 2:
        return ""
    ordered = sorted(found, key=lambda each: -each[0])
    return _("By municipality, the highest first: %(municipalities)s.") % {
        "municipalities": listed([f"{name} {percent(rate)} %" for rate, name in ordered])
    }


def _flex(results: Results) -> str:
    total = results.status.total
    if not total.citizens or total.hides_rate:
        return ""
    if not total.counts[FLEX]:
        return _("None of the %(jobs)s jobs is a flex job.") % {"jobs": total.self_supporting}
    parts = [
        _("in %(municipality)s %(flex)s of the %(jobs)s jobs (%(percent)s %%)")
        % {
            "municipality": row.municipality,
            "flex": row.counts[FLEX],
            "jobs": row.self_supporting,
            "percent": percent(Fraction(row.counts[FLEX], row.self_supporting)),
        }
        for row in results.status.rows
        if row.counts[FLEX] and not row.hides_rate
    ]
    values = {"flex": total.counts[FLEX], "jobs": total.self_supporting}
    if not parts:
        return _("Of the %(jobs)s jobs %(flex)s are flex jobs.") % values
    return _("Of the %(jobs)s jobs %(flex)s are flex jobs: %(parts)s.") % {**values, "parts": listed(parts)}


def _reached(found: Jobs, on: date) -> str:
    text = ngettext(
        "%(reached)s citizen has come into a job after the package began; on %(day)s %(without)s of them has none.",
        "%(reached)s citizens have come into a job after the package began; on %(day)s %(without)s of them have none.",
        found.reached,
    )
    return text % {"reached": found.reached, "day": day_text(on), "without": found.without}


def _relapse(found: tuple[Relapse, ...]) -> str:
    """Back on benefit within so many months of the first job."""
    parts = [
        _("%(share)s within %(months)s months") % {"share": _with_interval(each), "months": each.months}
        for each in found
    ]
    if not parts:
        return ""
    text = _("Relapse: counted from the day the first job began, %(parts)s were back on cash benefit.")
    return text % {"parts": listed(parts)}


def _with_interval(each: Relapse) -> str:
    share, low, high = each.back.share, each.back.low, each.back.high
    if low is None or high is None:
        return f"{percent(Fraction(share))} %"
    return f"{percent(Fraction(share))} % ({percent(Fraction(low))}–{percent(Fraction(high))})"
