"""The note as a document: chapters of prose, the tables with their notes, the drawing, an own text, the method."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from jobpakke.followup.bands import bands
from jobpakke.followup.context.beside import BesideRow
from jobpakke.followup.first_jobs import first_jobs
from jobpakke.lib.texts import plain
from jobpakke.packages.stories import ToldStory
from jobpakke.print.document import Cell, Document, Figures, Heading, Part, Picture, Points, Prose, Stories, Story
from jobpakke.web.context.chart import index_lines
from jobpakke.web.context.sentences import span_name, told
from jobpakke.web.followup import sentences
from jobpakke.web.followup.chart import stacked_bars
from jobpakke.web.followup.curve_chart import first_job_curves, status_bands
from jobpakke.web.followup.ribbons import flow_drawing
from jobpakke.web.followup.wording import day_text
from jobpakke.web.network import sentences as network_sentences
from jobpakke.web.network.chart import growth_steps
from jobpakke.web.note.facts import NoteFacts
from jobpakke.web.note.groups import group_parts
from jobpakke.web.note.method import made, method
from jobpakke.web.note.tables import rate_table, status_table, target_table, wait_table

STORIES_LANG = "da"
"""The language in which citizens consent to their stories, and in which they are told."""
STATUS_DRAWING, CONTEXT_DRAWING = "status", "context"
NETWORK_DRAWING = "network"
CURVES_DRAWING, BANDS_DRAWING, FLOW_DRAWING = "curves", "bands", "flow"


class Chapter(TextChoices):
    """The chapters after which an own text can stand."""

    PACKAGES = "packages", gettext_lazy("The packages")
    RESULTS = "results", gettext_lazy("Where the citizens are now")
    JOBS = "jobs", gettext_lazy("The jobs")
    IN_BETWEEN = "in_between", gettext_lazy("Between two offers")
    CONTEXT = "context", gettext_lazy("The labour market around")
    COURSES = "courses", gettext_lazy("Courses over time")
    GROUPS = "groups", gettext_lazy("By group")
    NETWORK = "network", gettext_lazy("The network")
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
    draws: bool = True,
) -> Document:
    """The whole note in Danish (``da``) or English (``en``); ``own`` is written after the chapter ``after``.

    ``draws``: without it pictures are empty, for a page that gets them elsewhere.
    ``stories``: those that are told on ``made_on``; a chapter without any is left out.

    Raises:
        Refused: the codes of plain, for the own text.
    """
    own = plain(own.replace("\r\n", "\n"), OwnText(), needed=False)
    with override(lang):
        chapters = {
            Chapter.PACKAGES: _packages(facts),
            Chapter.RESULTS: _results(facts, draws=draws),
            Chapter.JOBS: _prose(sentences.jobs(facts.results)),
            Chapter.IN_BETWEEN: _prose(sentences.in_between(facts.results)),
            Chapter.CONTEXT: _context(facts, draws=draws),
            Chapter.COURSES: _courses(facts, draws=draws),
            Chapter.GROUPS: _groups(facts, draws=draws),
            Chapter.NETWORK: _network(facts, draws=draws),
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
            subtitle=_("%(name)s, as it stood on %(day)s") % {"name": name, "day": day_text(facts.on)},
            lang=lang,
            made=made(facts.results, made_on),
            made_on=made_on,
            footer=facts.programme.code,
            parts=(*parts, Heading(_("How the figures are made")), Points(method(facts.results))),
            words={
                "page": _("Page"),
                "of": _("of"),
                "incomplete": _("Signs that could not be drawn are shown as □."),
                "text": _("Text"),
            },
        )


def _prose(sentences: list[str]) -> list[Part]:
    return [Prose(" ".join(sentences))] if sentences else []


def _packages(facts: NoteFacts) -> list[Part]:
    return [*_prose(sentences.packages(facts.results)), target_table(facts.results)]


def _results(facts: NoteFacts, *, draws: bool) -> list[Part]:
    results = facts.results
    drawing = Picture(
        STATUS_DRAWING,
        stacked_bars(results.status) if draws else "",
        _("Labour-market status by municipality on %(day)s") % {"day": day_text(facts.on)},
        _("Stacked bars, one a municipality; table 2 has the figures."),
    )
    shown = [drawing] if results.status.total.citizens else []
    prose = _prose([*sentences.effect(results), *sentences.changed(results)])
    return [*prose, status_table(results), *shown, rate_table(results)]


def _context(facts: NoteFacts, *, draws: bool) -> list[Part]:
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
        index_lines(beside) if draws else "",
        _("%(benefit)s by municipality, %(month)s = 100") % {"benefit": beside.window.series.benefit, "month": first},
        _("Lines, one a municipality; table 4 has the first and the last figure."),
    )
    return [*_prose(told(beside, facts.on)), table, drawing]


def _courses(facts: NoteFacts, *, draws: bool) -> list[Part]:
    """How long it takes to a job, week by week, and between the two dates; where lives were read."""
    lives, results = facts.results.lives, facts.results
    if lives is None or not results.status.total.citizens:
        return []
    curves = first_jobs(lives, on=results.on, least=results.least)
    about = _("The share who have come into a job since the package began, by %(day)s") % {"day": day_text(results.on)}
    alt = _("Rising curves: everybody and each municipality, ordinary job above and flex job below.")
    found: list[Part] = [
        wait_table(curves, number=_after_context(facts)),
        Picture(CURVES_DRAWING, first_job_curves(curves) if draws else "", about, alt),
    ]
    if results.hides:
        return found
    about = _("Where the citizens were, week by week since the package began")
    alt = _("Bands of statuses, one above the other; weeks with fewer than 5 citizens are not drawn.")
    drawn = status_bands(bands(lives, on=results.on, least=None).weeks) if draws else ""
    found.append(Picture(BANDS_DRAWING, drawn, about, alt))
    if results.changes is not None:
        moved = results.changes.moved
        days = {"then": day_text(moved.then), "day": day_text(moved.now)}
        about = _("From one status to another between %(then)s and %(day)s") % days
        alt = _("Ribbons from each status on the first date to each on the second, as wide as many.")
        found.append(Picture(FLOW_DRAWING, flow_drawing(moved) if draws else "", about, alt))
    return found


def _network(facts: NoteFacts, *, draws: bool) -> list[Part]:
    network = facts.network
    if network is None or network.is_empty:
        return []
    found = _prose(network_sentences.told(network))
    if network.growth:
        about = _("How many ambassadors there were, by %(day)s") % {"day": day_text(network.on)}
        alt = _("A rising staircase, one step for each day on which the number changed.")
        found.append(Picture(NETWORK_DRAWING, growth_steps(network) if draws else "", about, alt))
    return found


def _groups(facts: NoteFacts, *, draws: bool) -> list[Part]:
    split, results = facts.split, facts.results
    if split is None or not results.status.total.citizens:
        return []
    first = _after_context(facts) + (results.lives is not None)
    return group_parts(split, first=first, hides=results.hides, draws=draws)


def _after_context(facts: NoteFacts) -> int:
    """The number of the table that follows the chapter of context."""
    return 4 if facts.beside is None or facts.beside.total.first is None else 5


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
