"""What follows from the counts, in plain sentences whose every figure comes from them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from jobpakke.followup.context.beside import Beside, BesideRow, Series
from jobpakke.followup.context.layouts import Span
from jobpakke.followup.context.models import MONTH
from jobpakke.method.status import LabourMarketStatus
from jobpakke.web.followup.wording import listed, percent


def span_name(span: Span) -> str:
    """As one says it: "september 2009", "3rd quarter of 2009"."""
    if span.months == MONTH:
        return date_format(span.start, "F Y")
    values = {"number": (span.start.month + 2) // span.months, "year": span.start.year}
    return _("quarter %(number)s of %(year)s") % values


def signed_percent(change: Fraction | None) -> str:
    """A change as a table shows it: "+34 %", "-3 %", "0 %"; a dash where it cannot be said."""
    if change is None:
        return "–"
    whole = _whole(change)
    sign = "" if not whole else "+" if change > 0 else "-"
    return f"{sign}{number_format(whole)} %"


def told(shown: Beside, on: date) -> list[str]:
    """Where it rose, fell and stood still, in all, how the programme did, and what is not known."""
    found = [_moved(shown), _in_all(shown), _no_later(shown, on), _beside(shown.total, on), _unknown(shown)]
    return [text for text in found if text]


def outside(series: Series, starts_on: date, ends_on: date) -> str:
    """Why nothing is compared: too little is known between the days, and what is known."""
    first, last = (span_name(each) for each in series.spans)
    values = {"benefit": series.benefit, "first": first, "last": last}
    days = {"start": date_format(starts_on, "DATE_FORMAT"), "end": date_format(ends_on, "DATE_FORMAT")}
    return _(
        "Between %(start)s and %(end)s there are not two counts of “%(benefit)s”, so no rise or fall can be shown."
        " The counts go from %(first)s to %(last)s: choose days in that time, or take later counts in."
    ) % {**values, **days}


def _no_later(shown: Beside, on: date) -> str:
    if shown.window.reaches(on):
        return ""
    return _("The counts end with %(last)s: there are none up to %(day)s.") % {
        "last": span_name(shown.window.last),
        "day": date_format(on, "DATE_FORMAT"),
    }


def _moved(shown: Beside) -> str:
    groups: dict[int, list[str]] = {1: [], -1: [], 0: []}
    known = [row for row in shown.rows if row.change is not None]
    for row in sorted(known, key=lambda each: -(each.change or 0)):
        change = row.change or Fraction(0)
        whole = _whole(change)
        place = row.municipality.name if row.municipality else ""
        way = 0 if not whole else 1 if change > 0 else -1
        told = _("%(percent)s %% in %(municipality)s") if way else _("in %(municipality)s")
        groups[way].append(told % {"percent": number_format(whole), "municipality": place})
    if not known:
        return ""
    texts = {
        1: _("rose by %(parts)s"),
        -1: _("fell by %(parts)s"),
        0: _("stayed the same %(parts)s"),
    }
    parts = "; ".join(texts[way] % {"parts": listed(places)} for way, places in groups.items() if places)
    window = shown.window
    values = {"first": span_name(window.first), "last": span_name(window.last), "benefit": window.series.benefit}
    return _("From %(first)s to %(last)s the number of recipients of “%(benefit)s” %(moved)s.") % {
        **values,
        "moved": parts,
    }


def _in_all(shown: Beside) -> str:
    total = shown.total
    if total.change is None or len([row for row in shown.rows if row.change is not None]) < 2:
        return ""
    values = {
        "first": number_format(total.first or 0),
        "last": number_format(total.last or 0),
        "change": signed_percent(total.change),
    }
    return _("Together: from %(first)s to %(last)s people, %(change)s.") % values


def _beside(total: BesideRow, on: date) -> str:
    status = total.status
    rate = status.self_support_rate
    if rate is None or status.hides_rate or LabourMarketStatus.CASH_BENEFIT in status.hidden:
        return ""
    values = {
        "percent": percent(rate),
        "people": total.status.self_supporting,
        "citizens": total.status.citizens,
        "day": date_format(on, "DATE_FORMAT"),
        "waiting": total.status.counts[LabourMarketStatus.CASH_BENEFIT],
    }
    return (
        _(
            "Of the programme's %(citizens)s citizens %(people)s (%(percent)s %%) support themselves on %(day)s;"
            " %(waiting)s are on cash benefit."
        )
        % values
    )


def _unknown(shown: Beside) -> str:
    places = [row.municipality.name for row in shown.rows if row.municipality and row.change is None]
    if not places:
        return ""
    return _("Not known at both ends, and so not compared: %(parts)s.") % {"parts": listed(places)}


def _whole(change: Fraction) -> int:
    return percent(abs(change))
