"""The note as a document: chapters of prose, the tables with their notes, the drawing, an own text, the method."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from jobpakke.followup.context.beside import BesideRow
from jobpakke.followup.tables import COLUMNS, StatusRow
from jobpakke.lib.texts import plain
from jobpakke.packages.stories import ToldStory
from jobpakke.print.document import Cell, Document, Figures, Heading, Part, Picture, Points, Prose, Stories, Story
from jobpakke.web.context.chart import index_lines
from jobpakke.web.context.sentences import span_name, told
from jobpakke.web.followup.chart import stacked_bars
from jobpakke.web.labels import STATUS
from jobpakke.web.note import prose
from jobpakke.web.note.facts import NoteFacts, pairs

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
            Chapter.JOBS: _prose(prose.jobs(facts)),
            Chapter.IN_BETWEEN: _prose(prose.in_between(facts)),
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
            made=_("Made on %(day)s from what was registered that day.") % {"day": _day(made_on)},
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


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")


def _prose(sentences: list[str]) -> list[Part]:
    return [Prose(" ".join(sentences))] if sentences else []


def _packages(facts: NoteFacts) -> list[Part]:
    return [*_prose(prose.packages(facts)), _target_table(facts)]


def _results(facts: NoteFacts) -> list[Part]:
    drawing = Picture(
        STATUS_DRAWING,
        stacked_bars(facts.status),
        _("Labour-market status by municipality on %(day)s") % {"day": _day(facts.on)},
        _("Stacked bars, one a municipality; table 2 has the figures."),
    )
    shown = [drawing] if facts.status.total.citizens else []
    return [*_prose(prose.results(facts)), _status_table(facts), *shown, _rate_table(facts)]


def _target_table(facts: NoteFacts) -> Figures:
    """Targets against what was started; by the day of counting and by the date, where the two differ."""
    counts = [facts.counted, facts.targets] if facts.counted else [facts.targets]
    last = pairs(facts.counted, facts.targets) if facts.counted else [(row, row) for row in facts.targets.rows]
    return Figures(
        name=_("Table 1"),
        caption=_("Table 1: Packages started against targets"),
        header=(
            _("Municipality"),
            _("Target"),
            *(_("Started by %(day)s") % {"day": _day(table.on)} for table in counts),
        ),
        rows=tuple(
            (str(now.municipality), now.target, *((before.packages,) if facts.counted else ()), now.packages)
            for before, now in last
        ),
        total=(_("Total"), facts.targets.total.target, *(table.total.packages for table in counts)),
        summed=tuple(range(1, 2 + len(counts))),
        notes=(_("Counted in packages: a citizen who has had two counts twice. A dash: no target was set."),),
    )


def _status_table(facts: NoteFacts) -> Figures:
    return Figures(
        name=_("Table 2"),
        caption=_("Table 2: Labour-market status of the citizens on %(day)s") % {"day": _day(facts.on)},
        header=(_("Municipality"), *(str(STATUS[column]) for column in COLUMNS), _("Total")),
        rows=tuple((str(row.municipality), *row.cells, row.citizens) for row in facts.status.rows),
        total=(_("Total"), *facts.status.total.cells, facts.status.total.citizens),
        summed=tuple(range(1, len(COLUMNS) + 2)),
        notes=(
            _(
                "Still in package: a step is under way that day, such as clarification, internship, wage subsidy, "
                "upskilling or Danish lessons."
            ),
            _(
                "Other: another reason is registered, such as a pension case begun, treatment, parental leave, moving "
                "to another municipality or imprisonment."
            ),
        ),
    )


def _rate_table(facts: NoteFacts) -> Figures:
    return Figures(
        name=_("Table 3"),
        caption=_("Table 3: Self-support effect on %(day)s, with its interval of 95 %% certainty")
        % {"day": _day(facts.on)},
        header=(
            _("Municipality"),
            _("Self-supporting"),
            _("Citizens"),
            _("Self-support effect"),
            _("Lower bound"),
            _("Upper bound"),
        ),
        rows=tuple((str(row.municipality), *_rate(row)) for row in facts.status.rows),
        total=(_("Total"), *_rate(facts.status.total)),
        summed=(1, 2),
    )


def _rate(row: StatusRow) -> tuple[Cell, ...]:
    share, interval = row.self_support_rate, row.interval or (None, None)
    return (row.self_supporting, row.citizens, None if share is None else float(share), *interval)


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
        _(
            "Who has begun in a job: citizens with an ordinary job or a flex job that began after a package of theirs, "
            "also where it has ended again."
        ),
    )
