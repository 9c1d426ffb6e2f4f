"""How the figures of the note are made, and on what it rests."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from jobpakke.followup.results import Results
from jobpakke.web.followup.wording import day_text


def method(results: Results) -> tuple[str, ...]:
    """The points of the annex."""
    return (
        _(
            "The tables count everybody with a package of the programme whose plan had taken effect by %(day)s. They "
            "are made from what happened and when, and can be made again for any other day."
        )
        % {"day": day_text(results.on)},
        _("A citizen counts once, in the municipality of the package that began last."),
        _(
            "Each citizen has exactly one status on a day. It is the first of these that holds: disability pension, "
            "ordinary job or other self-support, flex job, still in package, another registered reason, cash benefit."
        ),
        _("The self-support effect is the share of the citizens who have an ordinary job or a flex job."),
        _(
            "The interval is Wilson's at 95 percent certainty. It tells how far chance alone could move the share "
            "among so few citizens; it tells nothing of what would have happened without the packages."
        ),
        *_lived(results),
        *_basis(results),
    )


def _lived(results: Results) -> tuple[str, ...]:
    """How the figures are made for which lives were read."""
    if results.jobs is None:
        return ()
    return (
        _(
            "Who has come into a job: citizens with an ordinary job or a flex job that began on or after the day their "
            "first package began, also where it has ended again. A job that ran already does not count."
        ),
        _(
            "Relapse is the share back on cash benefit, without a job, so many months after the first such job began. "
            "Who is not back is followed to the date, or to the last day the municipality had the case, and no longer "
            "(Kaplan-Meier, interval of 95 percent certainty). A pension or another package is no relapse."
        ),
    )


def _basis(results: Results) -> tuple[str, ...]:
    """What a note of something else than today's knowledge rests on."""
    if results.frozen is not None:
        kept = results.frozen
        words = {
            "moment": date_format(localtime(kept.frozen_at), "DATETIME_FORMAT"),
            "who": kept.frozen_by.full_name,
            "sha256": kept.sha256,
        }
        told = _(
            "The tables are those that were frozen %(moment)s by %(who)s. The hash (SHA-256) of the frozen "
            "bytes, checked when this note was made: %(sha256)s. An earlier count, and numbers of recipients, are as "
            "known then."
        )
        if results.lives is None:
            courses = _(
                "What takes a citizen's whole course, such as relapse, was not frozen. What is registered by now no "
                "longer gives the frozen tables for that moment, so it is left out."
            )
        else:
            courses = _(
                "What takes a citizen's whole course, such as relapse, was not frozen. It is made again from what had "
                "been registered at that moment, which gives the frozen tables too."
            )
        return (told % words, courses)
    if results.known_on is None:
        return ()
    told = _("Nothing that was registered or corrected after %(day)s is in the figures.")
    return (told % {"day": day_text(results.known_on)},)


def made(results: Results, made_on: date) -> str:
    """When the note was made, and of what."""
    days = {"day": day_text(made_on)}
    if results.frozen is not None:
        days["then"] = day_text(localtime(results.frozen.frozen_at).date())
        return _("Made on %(day)s from the follow-up that was frozen on %(then)s.") % days
    if results.known_on is not None:
        days["then"] = day_text(results.known_on)
        return _("Made on %(day)s from what had been registered by the end of %(then)s.") % days
    return _("Made on %(day)s from what was registered that day.") % days
