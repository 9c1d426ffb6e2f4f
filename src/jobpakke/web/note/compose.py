"""The note as a document: chapters of prose, the tables with their notes, the drawing, an own text, the method."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from jobpakke.followup.context.beside import BesideRow
from jobpakke.followup.results import Results
from jobpakke.followup.tables import COLUMNS, StatusRow
from jobpakke.lib.texts import plain
from jobpakke.packages.stories import ToldStory
from jobpakke.print.document import Cell, Document, Figures, Heading, Part, Picture, Points, Prose, Stories, Story
from jobpakke.web.context.chart import index_lines
from jobpakke.web.context.sentences import span_name, told
from jobpakke.web.followup import sentences
from jobpakke.web.followup.chart import stacked_bars
from jobpakke.web.followup.words import hidden_word
from jobpakke.web.labels import STATUS
from jobpakke.web.note.facts import NoteFacts

STORIES_LANG = "da"
"""The language in which citizens consent to their stories, and in which they are told."""
STATUS_DRAWING, CONTEXT_DRAWING = "status", "context"


class Chapter(TextChoices):
    """The chapters after which an own text can stand."""

    PACKAGES = "packages", gettext_lazy("The packages")
    RESULTS = "results", gettext_lazy("Where the citizens are now")
    JOBS = "jobs", gettext_lazy("The jobs")
    IN_BETWEEN = "in_between", gettext_lazy("Between two offers")
    CONTEXT = "context", gettext_lazy("The labour market around")
    STORIES = "stories", gettext_lazy("Case stories")


class OwnText:
    """What somebody writes into a note: plain text, at most so many characters."""

    max_length: int | None = 4000


def note(
    facts: NoteFacts,
    *,
    lang: str,
    made_on: date,
    own: str = "",
    after: str = Chapter.RESULTS,
    stories: Sequence[ToldStory] = (),
) -> Document:
    """The whole note in Danish (``da``) or English (``en``); ``own`` is written after the chapter ``after``.

    ``stories``: those that are told on ``made_on``; a chapter without any is left out.

    Raises:
        Refused: the codes of plain, for the own text.
    """
    own = plain(own.replace("\r\n", "\n"), OwnText(), needed=False)
    with override(lang):
        chapters = {
            Chapter.PACKAGES: _packages(facts),
            Chapter.RESULTS: _results(facts),
            Chapter.JOBS: _prose(sentences.jobs(facts.results)),
            Chapter.IN_BETWEEN: _prose(sentences.in_between(facts.results)),
            Chapter.CONTEXT: _context(facts),
            Chapter.STORIES: _stories(stories, lang=lang),
        }
        parts: list[Part] = []
        for chapter, content in chapters.items():
            if content:
                parts += [Heading(str(chapter.label)), *content]
            if own and chapter == after:
                parts += [Prose(text) for text in own.split("\n\n") if text.strip()]
        name = facts.programme.name
        return Document(
            title=_("Follow-up on the job packages of %(programme)s") % {"programme": facts.programme.code},
            subtitle=_("%(name)s, as it stood on %(day)s") % {"name": name, "day": _day(facts.on)},
            lang=lang,
            made=_made(facts.results, made_on),
            made_on=made_on,
            footer=facts.programme.code,
            parts=(*parts, Heading(_("How the figures are made")), Points(_method(facts))),
            words={
                "page": _("Page"),
                "of": _("of"),
                "incomplete": _("Signs that could not be drawn are shown as □."),
                "text": _("Text"),
            },
        )


def _made(results: Results, made_on: date) -> str:
    days = {"day": _day(made_on)}
    if results.frozen is not None:
        days["then"] = _day(localtime(results.frozen.frozen_at).date())
        return _("Made on %(day)s from the follow-up that was frozen on %(then)s.") % days
    if results.known_on is not None:
        days["then"] = _day(results.known_on)
        return _("Made on %(day)s from what had been registered by the end of %(then)s.") % days
    return _("Made on %(day)s from what was registered that day.") % days


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _prose(sentences: list[str]) -> list[Part]:
    return [Prose(" ".join(sentences))] if sentences else []


def _packages(facts: NoteFacts) -> list[Part]:
    return [*_prose(sentences.packages(facts.results)), _target_table(facts.results)]


def _results(facts: NoteFacts) -> list[Part]:
    results = facts.results
    drawing = Picture(
        STATUS_DRAWING,
        stacked_bars(results.status),
        _("Labour-market status by municipality on %(day)s") % {"day": _day(facts.on)},
        _("Stacked bars, one a municipality; table 2 has the figures."),
    )
    shown = [drawing] if results.status.total.citizens else []
    prose = _prose([*sentences.effect(results), *sentences.changed(results)])
    return [*prose, _status_table(results), *shown, _rate_table(results)]


def _target_table(results: Results) -> Figures:
    """Targets against what was started; by the day of counting and by the date, where the two differ."""
    counts = [results.counted, results.targets] if results.counted else [results.targets]
    started = list(zip(*([_number(row.shown) for row in (*table.rows, table.total)] for table in counts), strict=True))
    return Figures(
        name=_("Table 1"),
        caption=_("Table 1: Packages started against targets"),
        header=(
            _("Municipality"),
            _("Target"),
            *(_("Started by %(day)s") % {"day": _day(table.on)} for table in counts),
        ),
        rows=tuple(
            (str(row.municipality), row.target, *cells)
            for row, cells in zip(results.targets.rows, started[:-1], strict=True)
        ),
        total=(_("Total"), results.targets.total.target, *started[-1]),
        summed=(1, *(column + 1 for column in _whole(started))),
        notes=(
            _("Counted in packages: a citizen who has had two counts twice. A dash: no target was set."),
            *_hidden_note(results),
        ),
    )


def _status_table(results: Results) -> Figures:
    table = results.status
    return Figures(
        name=_("Table 2"),
        caption=_("Table 2: Labour-market status of the citizens on %(day)s") % {"day": _day(results.on)},
        header=(_("Municipality"), *(str(STATUS[column]) for column in COLUMNS), _("Total")),
        rows=tuple((str(row.municipality), *_counts(row)) for row in table.rows),
        total=(_("Total"), *_counts(table.total)),
        summed=_whole([_counts(row) for row in (*table.rows, table.total)]),
        notes=(
            _(
                "Still in package: a step is under way that day, such as clarification, internship, wage subsidy, "
                "upskilling or Danish lessons."
            ),
            _(
                "Other: another reason is registered, such as a pension case begun, treatment, parental leave, moving "
                "to another municipality or imprisonment."
            ),
            *_hidden_note(results),
        ),
    )


def _rate_table(results: Results) -> Figures:
    table = results.status
    return Figures(
        name=_("Table 3"),
        caption=_("Table 3: Self-support effect on %(day)s, with its interval of 95 %% certainty")
        % {"day": _day(results.on)},
        header=(
            _("Municipality"),
            _("Self-supporting"),
            _("Citizens"),
            _("Self-support effect"),
            _("Lower bound"),
            _("Upper bound"),
        ),
        rows=tuple((str(row.municipality), *_rate(row)) for row in table.rows),
        total=(_("Total"), *_rate(table.total)),
        summed=_whole([_rate(row)[:2] for row in (*table.rows, table.total)]),
        notes=_hidden_note(results),
    )


def _rate(row: StatusRow) -> tuple[Cell, ...]:
    if row.hides_rate:
        return (hidden_word(), _number(row.shown_citizens), hidden_word(), hidden_word(), hidden_word())
    share, interval = row.self_support_rate, row.interval or (None, None)
    return (row.self_supporting, row.citizens, None if share is None else float(share), *interval)


def _counts(row: StatusRow) -> tuple[Cell, ...]:
    return (*(_number(number) for number in row.shown), _number(row.shown_citizens))


def _number(shown: int | None) -> Cell:
    return hidden_word() if shown is None else shown


def _whole(rows: Sequence[Sequence[Cell]]) -> tuple[int, ...]:
    """The columns of which every number is shown, and the total is their sum; the first of a table is its names."""
    columns = enumerate(zip(*rows, strict=True), start=1)
    return tuple(number for number, cells in columns if not any(isinstance(cell, str) for cell in cells))


def _hidden_note(results: Results) -> tuple[str, ...]:
    if not results.hides:
        return ()
    return (_("Numbers from 1 to 4 are hidden, and others that would give them away."),)


def _context(facts: NoteFacts) -> list[Part]:
    beside = facts.beside
    if beside is None or beside.total.first is None:
        return []
    first, last = span_name(beside.window.first), span_name(beside.window.last)
    table = Figures(
        name=_("Table 4"),
        caption=_("Table 4: %(benefit)s, number of people") % {"benefit": beside.window.series.benefit},
        header=(_("Municipality"), first, last, _("Change in percent")),
        rows=tuple(_recipients(row) for row in beside.rows),
        total=_recipients(beside.total),
        summed=(1, 2) if all(row.first is not None and row.last is not None for row in beside.rows) else (),
        notes=tuple(_("Source: %(source)s.") % {"source": source.text} for source in beside.sources),
    )
    drawing = Picture(
        CONTEXT_DRAWING,
        index_lines(beside),
        _("%(benefit)s by municipality, %(month)s = 100") % {"benefit": beside.window.series.benefit, "month": first},
        _("Lines, one a municipality; table 4 has the first and the last figure."),
    )
    return [*_prose(told(beside, facts.on)), table, drawing]


def _recipients(row: BesideRow) -> tuple[Cell, ...]:
    change = None if row.change is None else float(row.change)
    return (str(row.municipality or _("Total")), row.first, row.last, change)


def _stories(stories: Sequence[ToldStory], *, lang: str) -> list[Part]:
    if not stories:
        return []
    said = [_("Single citizens' stories, told with their consent and under made-up names.")]
    if lang != STORIES_LANG:
        said.append(_("They are in Danish: the consent is to those very words."))
    told = tuple(Story(each.told_as, each.paragraphs) for each in stories)
    header = (_("Told under the name"), _("The story"))
    return [Prose(" ".join(said)), Stories(_("Case stories"), STORIES_LANG, header, told)]


def _method(facts: NoteFacts) -> tuple[str, ...]:
    return (
        _(
            "The tables count everybody with a package of the programme whose plan had taken effect by %(day)s. They "
            "are made from what happened and when, and can be made again for any other day."
        )
        % {"day": _day(facts.on)},
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
        *_lived(facts.results),
        *_basis(facts.results),
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
    without = _("What takes a citizen's whole course, such as relapse, is told only as it is known now, and not here.")
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
        return (told % words, without)
    if results.known_on is None:
        return ()
    told = _("Nothing that was registered or corrected after %(day)s is in the figures.")
    return (told % {"day": _day(results.known_on)}, without)
