"""``jobpakke evaluate``: a figure from a file, by the registry. Ibis is loaded only when one is run."""

from __future__ import annotations

import argparse
import math
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jobpakke.evaluation.faults import TableFault, refused
from jobpakke.evaluation.faults_curves import CurveFault
from jobpakke.evaluation.figure import Ask, Figure, Option
from jobpakke.evaluation.figures import FIGURES
from jobpakke.evaluation.layouts import SPELLS, Layout
from jobpakke.evaluation.reach import check_days
from jobpakke.lib.days import parse_day
from jobpakke.method.status import PRECEDENCE

if TYPE_CHECKING:
    from ibis.expr.types import Table

FORMATS = ("table", "csv", "json", "parquet")
ENGINES = ("duckdb", "postgres", "spark")
COLUMNS = {Ask.COLUMN, Ask.COLUMNS}
STATUSES = ("precedence", "numerator")
"""Parameters of statuses that the figures take as they are; the others they check themselves."""
Run = Callable[[argparse.Namespace], None]


def add_figures(parser: argparse.ArgumentParser, *, run: Run) -> None:
    """A command a figure."""
    verbs = parser.add_subparsers(required=True, metavar="FIGURE")
    for figure in FIGURES:
        _add(verbs.add_parser(figure.name, help=figure.help, epilog=f"Example: {figure.example}"), figure, run)


def _add(parser: argparse.ArgumentParser, figure: Figure, run: Run) -> None:
    parser.add_argument(
        "file", metavar="FILE", help=_with_columns(f"{figure.reads.name}, .csv or .parquet", figure.reads)
    )
    for more in figure.more:
        parser.add_argument(
            more.flag,
            dest=more.parameter,
            metavar="FILE",
            required=more.required,
            help=_with_columns(more.help, more.layout),
        )
    for option in figure.options:
        _add_option(parser, option)
    if figure.reads is SPELLS:
        parser.add_argument("--weekly", action="store_true", help="FILE is a weekly register: y_YYWW, a row a person")
        parser.add_argument("--merge", action="store_true", help="take spells of one status that overlap as one")
        parser.add_argument("--codes", metavar="FILE", help="with --weekly: code,status (else the Danish benefits)")
    add_output(parser)
    parser.set_defaults(run=run, figure=figure)


def _with_columns(text: str, layout: Layout) -> str:
    """And the columns that the layout asks for, where it asks for any of a name."""
    columns = ", ".join(column.name for column in layout.columns)
    return f"{text}: {columns}" if columns else text


def _add_option(parser: argparse.ArgumentParser, option: Option) -> None:
    if option.ask is Ask.YES:
        parser.add_argument(option.flag, dest=option.parameter, action="store_true", help=option.help)
        return
    parser.add_argument(
        option.flag,
        dest=option.parameter,
        metavar=option.ask.value,
        required=option.required,
        action="extend" if option.several else "append" if option.repeated else "store",
        **({"nargs": "+"} if option.several else {}),
        choices=option.choices or None,
        help=option.help,
    )


def add_output(parser: argparse.ArgumentParser) -> None:
    """What every figure takes: where the answer goes, and which engine makes it."""
    parser.add_argument("--format", choices=FORMATS, default="table")
    parser.add_argument("--out", metavar="FILE", help="write there instead of to the screen")
    parser.add_argument("--engine", choices=ENGINES, default="duckdb")
    parser.add_argument("--url", help="postgres: the database; spark: the master (local[*])")
    parser.add_argument("--memory", default="", metavar="SIZE", help="at most so much memory, e.g. 4GB")
    parser.add_argument(
        "--problems", metavar="FILE", help="write the first 1,000 rows that cannot be used there, as CSV"
    )
    parser.add_argument(
        "--progress", action=argparse.BooleanOptionalAction, help="a bar on standard error; by itself on a terminal"
    )


def run(chosen: argparse.Namespace) -> None:
    """Reads, asks the figure, writes. Raises Refused."""
    figure: Figure = chosen.figure
    values = parameters(figure, chosen)
    check_written(figure, chosen)
    from jobpakke.evaluation.engines import engine
    from jobpakke.evaluation.files import load
    from jobpakke.evaluation.progress import shown
    from jobpakke.evaluation.writing import made

    groups = [each for option in figure.options if option.ask in COLUMNS for each in _listed(values, option)]
    wanted = sys.stderr.isatty() if chosen.progress is None else chosen.progress
    merged: list[int] = []
    with engine(chosen.engine, url=chosen.url, memory=chosen.memory) as backend, shown(backend, wanted=wanted):
        table = load(
            backend,
            chosen.file,
            _reads(figure, chosen).with_groups(*groups),
            problems=chosen.problems,
            codes=getattr(chosen, "codes", None),
            is_weekly=getattr(chosen, "weekly", False),
            merging=merged.append if getattr(chosen, "merge", False) else None,
        )
        _check_statuses(values, table)
        for more in figure.more:
            file = getattr(chosen, more.parameter)
            if file is not None:
                values[more.parameter] = load(
                    backend,
                    file,
                    more.layout.with_groups(*groups) if more.grouped else more.layout,
                    problems=chosen.problems,
                )
        show = made(figure.load()(table, **values), chosen.format, chosen.out, backend=backend, title=figure.help)
    show()
    for count in merged:
        sys.stderr.write(f"jobpakke: spells taken as one with another that they overlapped: {count}\n")


def check_written(figure: Figure, chosen: argparse.Namespace) -> None:
    """What is written takes the place of nothing that is read, nor of the other. Refused: WOULD_OVERWRITE."""
    given = [chosen.file, getattr(chosen, "codes", None), *(getattr(chosen, more.parameter) for more in figure.more)]
    taken = {Path(file).resolve() for file in given if file}
    for option, file in (("--problems", chosen.problems), ("--out", chosen.out)):
        if file and Path(file).resolve() in taken:
            raise refused(TableFault.WOULD_OVERWRITE, option=option, file=file)
        taken |= {Path(file).resolve()} if file else set()


def _reads(figure: Figure, chosen: argparse.Namespace) -> Layout:
    is_alone = all(getattr(chosen, more.parameter) is None for more in figure.more)
    return figure.alone if figure.alone and is_alone else figure.reads


def _check_statuses(values: Mapping[str, Any], table: Table) -> None:
    """A misspelt status is not a status that nobody has. Refused: UNKNOWN_STATUS, for one that neither the table nor
    the method knows."""
    asked = [status for parameter in STATUSES for status in values.get(parameter, ())]
    if not asked:
        return
    occurring = set(table.select("status").distinct().to_pyarrow()["status"].to_pylist())
    known = occurring | {status.value for status in PRECEDENCE} | {values.get("default_status")}
    unknown = [status for status in dict.fromkeys(asked) if status not in known]
    if unknown:
        raise refused(CurveFault.UNKNOWN_STATUS, status=", ".join(unknown), known=", ".join(sorted(occurring)))


def _listed(values: Mapping[str, Any], option: Option) -> tuple[str, ...]:
    found = values.get(option.parameter, ())
    return (found,) if isinstance(found, str) else tuple(found)


def parameters(figure: Figure, chosen: argparse.Namespace) -> dict[str, Any]:
    """The keyword parameters that were asked for. Refused: WRONG_DATE, OUT_OF_RANGE, WRONG_NUMBER, NO_NAMES."""
    found: dict[str, Any] = {}
    for option in figure.options:
        given = getattr(chosen, option.parameter)
        if given is None or given is False:
            continue
        read = READ[option.ask]
        if option.repeated:
            found[option.parameter] = tuple(read(option, each) for each in given)
        else:
            found[option.parameter] = read(option, given)
    return found


def _date(option: Option, text: str) -> date:
    day = parse_day(text)
    if day is None:
        raise refused(TableFault.WRONG_DATE, option=option.flag, value=text)
    check_days(option.flag, day)
    return day


def _number(option: Option, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise refused(TableFault.WRONG_NUMBER, option=option.flag, value=text, needed="a number")
    return number


def _whole(option: Option, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        raise refused(TableFault.WRONG_NUMBER, option=option.flag, value=text, needed="a whole number") from error


def _names(option: Option, text: str) -> tuple[str, ...]:
    found = tuple(name.strip() for name in text.split(",") if name.strip())
    if not found:
        raise refused(TableFault.NO_NAMES, option=option.flag)
    return found


def _as_is(_option: Option, given: Any) -> Any:
    return given


READ: Mapping[Ask, Callable[[Option, Any], Any]] = {
    Ask.DATE: _date,
    Ask.TEXT: _as_is,
    Ask.NAMES: _names,
    Ask.COLUMN: _as_is,
    Ask.COLUMNS: _names,
    Ask.NUMBER: _number,
    Ask.WHOLE: _whole,
    Ask.YES: _as_is,
}
