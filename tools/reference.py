"""Writes docs/reference from the code: events, figures, rights, settings, command line, refusals, step kinds.

``python -m tools.reference`` writes; tests/test_reference.py holds the pages equal to the code.
"""

import argparse
import inspect
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

import django
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import override

from jobpakke.evaluation.layouts import Layout

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
NOTE = "<!-- Made from the code by `make reference`; change it there. -->"


def main() -> None:
    """Writes every page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobpakke.settings")
    django.setup()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")


def pages() -> dict[str, str]:
    """File name to text. Django must be set up."""
    made = {
        "access.md": _access(),
        "command-line.md": _command_line(),
        "events.md": _events(),
        "figures.md": _figures(),
        "refusals.md": _refusals(),
        "rules.md": _rules(),
        "settings.md": _settings(),
        "step-kinds.md": _step_kinds(),
    }
    return {name: "\n".join([NOTE, *lines]) + "\n" for name, lines in made.items()}


def _events() -> list[str]:
    from jobpakke.history.kinds import KINDS

    rows = []
    for code, kind in sorted(KINDS.items()):
        held = [f"`{field.name}`: {field.type}" for field in fields(cast(Any, kind))]
        rows.append((f"`{code}`", kind.__doc__ or "", "; ".join(held)))
    return [
        "# Events",
        "",
        "Everything a verb does is one event: kind, actor, subject, what it is about, the day it takes effect and the",
        "moment it was recorded. Events are never changed; the database refuses it. They hold codes, refs, dates and",
        "numbers, never a name, a CPR number or free text.",
        "",
        *_table(("kind", "meaning", "data"), rows),
    ]


def _figures() -> list[str]:
    from jobpakke.evaluation.faults import SENTENCES
    from jobpakke.evaluation.figures import FIGURES
    from jobpakke.evaluation.layouts import LAYOUTS

    lines = [
        "# Figures",
        "",
        "`jobpakke evaluate FIGURE FILE`, and a function each in `jobpakke.evaluation`: Ibis tables in, an Ibis table",
        "out, the same on DuckDB, PostgreSQL and Spark. How to use them: [evaluation](../evaluation.md).",
        "",
        "## Tables",
        "",
        *_table(("table", "what a row is", "columns"), [(each.name, each.meaning, _columns(each)) for each in LAYOUTS]),
        "",
        "`[start, end)` is half-open, an empty `end` is open; any other column of text may be a group.",
        "",
    ]
    for figure in FIGURES:
        lines += [f"## `{figure.name}`", "", *(inspect.getdoc(figure.load()) or "").splitlines(), ""]
        lines += [f"`jobpakke.evaluation.{figure.function}`", "", "```shell", figure.example, "```", ""]
    faults = [(f"`{code}`", re.sub(r"%\((\w+)\)[sr]", r"*\1*", text)) for code, text in sorted(SENTENCES.items())]
    return [*lines, "## What is refused", "", "Exit code 2.", "", *_table(("code", "what is said"), faults)]


def _columns(layout: Layout) -> str:
    notes = ((column, " or empty" * column.nullable + ", may be absent" * column.optional) for column in layout.columns)
    return "; ".join(f"`{column.name}`: {column.kind.value}{note}" for column, note in notes)


def _rules() -> list[str]:
    from jobpakke.method.rulebook import rulebook

    rows = [
        (
            f"`{entry.limit}`",
            ", ".join(str(each) for each in (entry.group, entry.sector) if each),
            ", ".join(f"{name} {value}" for name, value in entry.values.items()) or "no limit",
            f"{'' if entry.valid.start.year == 1900 else entry.valid.start} - {entry.valid.end or ''}",
            entry.source,
            str(entry.verified),
            str(entry.severity),
        )
        for entry in rulebook().entries
    ]
    return [
        "# Limits",
        "",
        "Each limit is data (`method/rulebooks/*.toml`) with the days it holds, its source and whether the value was",
        "held against it. `from - to` is half-open; of `pension_age` it is days of birth. An administrator may give a",
        "municipality an entry of its own, dated and with a reason; it wins on its days. What stops cannot be passed;",
        "what warns can, with a reason that stays.",
        "",
        *_table(("limit", "for", "values", "from - to", "source", "verified", "when passed"), rows),
    ]


def _access() -> list[str]:
    from jobpakke.access.models import Role
    from jobpakke.access.policies import ALLOWED

    rights = [
        (f"`{act.value}`", *("yes" if role in allowed else "" for role in Role)) for act, allowed in ALLOWED.items()
    ]
    addresses = [(f"`/{address}`", f"`{name}`", opens) for address, name, opens in _addresses(get_resolver())]
    return [
        "# Who may do what",
        "",
        "A role is held in a municipality over a period, and opens acts there. Which rows an act reaches is said by",
        "`visible_to(user, on=)` of each model and by nothing else: a caseworker reaches the citizens assigned to",
        "them, a team leader the citizens of the municipality without address protection, an evaluator figures only.",
        "What one may not see is not found (404); what one may see but not do is refused (403).",
        "",
        *_table(("act", *(f"`{role.value}`" for role in Role)), rights),
        "",
        "## Addresses",
        "",
        *_table(("address", "name", "opens to"), addresses),
    ]


def _addresses(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str, str]]:
    for entry in resolver.url_patterns:
        address = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _addresses(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.name or "", _opens_to(entry)


def _opens_to(entry: URLPattern) -> str:
    from jobpakke.access.policies import Act

    if not hasattr(entry.callback, "opens_to"):
        return "everybody"
    act = entry.callback.opens_to
    return f"`{act.value}`" if isinstance(act, Act) else act or "everybody signed in"


def _settings() -> list[str]:
    rows = [(f"`{name}`", default, text) for name, (default, text) in settings.VARIABLES.items()]
    return [
        "# Settings",
        "",
        "Environment variables. Without any, the program is a demonstration for this machine alone.",
        "",
        *_table(("variable", "without it", "what it is"), rows),
    ]


def _command_line() -> list[str]:
    from jobpakke.cli import parser

    lines = ["# Command line", "", "Exit code 0: done. 2: refused, with one line on standard error.", ""]
    for each in _parsers(parser()):
        lines += [f"## `{each.prog}`", "", "```text", each.format_help().rstrip(), "```", ""]
    return lines[:-1]


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    parser.formatter_class = _Wide
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from _parsers(each)


class _Wide(argparse.HelpFormatter):
    """The same width on every machine."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=110, max_help_position=30)


def _refusals() -> list[str]:
    from jobpakke.web.sentences import SENTENCES

    rows = []
    for code in sorted(SENTENCES):
        said = []
        for language in ("en", "da"):
            with override(language):
                said.append(str(SENTENCES[code]))
        rows.append((f"`{code}`", *said))
    return ["# Refusals", "", "What is said for each code.", "", *_table(("code", "English", "Danish"), rows)]


def _step_kinds() -> list[str]:
    from jobpakke.method.step_kinds import STEP_KINDS
    from jobpakke.web.labels import label

    rows = []
    for kind, rule in STEP_KINDS.items():
        with override("da"):
            danish = label(kind)
        evidence = ", ".join(sorted(f"`{each.value}`" for each in rule.evidence_kinds))
        rows.append((f"`{kind.value}`", danish, "yes" if rule.needs_workplace else "", evidence))
    return [
        "# Step kinds",
        "",
        *_table(("kind", "Danish", "at a workplace", "evidence its sub-goals may ask for"), rows),
    ]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [header, ["---"] * len(header), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines]


if __name__ == "__main__":
    main()
