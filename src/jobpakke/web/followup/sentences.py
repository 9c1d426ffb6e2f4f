"""What follows from the tables, in plain sentences whose every figure comes from them."""

from __future__ import annotations

from fractions import Fraction

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from jobpakke.access.models import Municipality
from jobpakke.followup.flow import FlowTable
from jobpakke.followup.tables import StatusTable, TargetTable, targets_by
from jobpakke.method.status import LabourMarketStatus
from jobpakke.packages.models import Programme


def percent(share: Fraction) -> int:
    """A share as a whole percentage, half up."""
    return int(share * 100 + Fraction(1, 2))


def derived(
    programme: Programme,
    status: StatusTable,
    targets: TargetTable,
    *,
    among: QuerySet[Municipality],
    counted: TargetTable | None = None,
) -> list[str]:
    """Growth in packages, self-support in total and by municipality, the share of flex jobs, people in between.

    ``counted``: the target table of the programme's count, if it has been made already.
    """
    found = [_growth(programme, targets, among, counted), _packages_and_citizens(status, targets)]
    rate = status.total.self_support_rate
    if rate is not None:
        found += [_effect(status, rate), _by_municipality(status), _in_between(status), _flex(status)]
    return [text for text in found if text]


def changed(moved: FlowTable) -> list[str]:
    """What is different from the earlier date: who came into a job or out of one, who is new, and the share then and
    now."""
    values = {
        "day": date_format(moved.then, "DATE_FORMAT"),
        "into": moved.into_jobs,
        "out": moved.out_of_jobs,
        "new": moved.begun,
        "new_jobs": moved.begun_in_jobs,
    }
    text = _("Since %(day)s: into a job %(into)s, out of a job %(out)s, new %(new)s, of whom %(new_jobs)s in a job.")
    found = [text % values]
    then, now = moved.share_then, moved.share_now
    if then is not None and now is not None:
        shares = {"then": percent(then), "now": percent(now)}
        found.append(_("Self-support was %(then)s %%, and is %(now)s %%.") % shares)
    return found


def _growth(
    programme: Programme, targets: TargetTable, among: QuerySet[Municipality], counted: TargetTable | None
) -> str:
    counted_on = programme.counted_on
    if counted_on is None or targets.on <= counted_on:
        return ""
    before = (counted or targets_by(programme, on=counted_on, among=among)).total.packages
    if not before:
        return ""
    values = {
        "packages": targets.total.packages,
        "before": before,
        "day": date_format(counted_on, "DATE_FORMAT"),
        "percent": percent(Fraction(targets.total.packages - before, before)),
    }
    return _("%(packages)s packages have been started, against %(before)s on %(day)s: %(percent)s %% more.") % values


def _packages_and_citizens(status: StatusTable, targets: TargetTable) -> str:
    packages, citizens = targets.total.packages, status.total.citizens
    if packages == citizens:
        return ""
    values = {"packages": packages, "citizens": citizens}
    return _("The %(packages)s packages belong to %(citizens)s citizens: some have had more than one.") % values


def _effect(status: StatusTable, rate: Fraction) -> str:
    values = {
        "percent": percent(rate),
        "people": status.total.self_supporting,
        "citizens": status.total.citizens,
    }
    return _("%(percent)s %% support themselves: %(people)s of %(citizens)s citizens.") % values


def _by_municipality(status: StatusTable) -> str:
    rates = [(row.self_support_rate, row.municipality) for row in status.rows if row.self_support_rate is not None]
    if len(rates) < 2:
        return ""
    ordered = sorted(rates, key=lambda each: (-each[0], each[1].code if each[1] else ""))
    parts = ", ".join(f"{municipality} {percent(rate)} %" for rate, municipality in ordered)
    return _("Self-support by municipality: %(parts)s.") % {"parts": parts}


def _flex(status: StatusTable) -> str:
    parts = []
    for row in status.rows:
        flex = row.counts[LabourMarketStatus.FLEX_JOB]
        if flex:
            parts.append(
                _("%(municipality)s %(flex)s of %(jobs)s (%(percent)s %%)")
                % {
                    "municipality": row.municipality,
                    "flex": flex,
                    "jobs": row.self_supporting,
                    "percent": percent(Fraction(flex, row.self_supporting)),
                }
            )
    return _("Flex jobs among the jobs: %(parts)s.") % {"parts": "; ".join(parts)} if parts else ""


def _in_between(status: StatusTable) -> str:
    waiting = status.total.counts[LabourMarketStatus.CASH_BENEFIT]
    values = {
        "people": waiting,
        "citizens": status.total.citizens,
        "percent": percent(Fraction(waiting, status.total.citizens)),
    }
    return _("%(people)s of %(citizens)s (%(percent)s %%) stand in between, with nothing under way.") % values
