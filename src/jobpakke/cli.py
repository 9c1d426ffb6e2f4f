"""The command line: ``jobpakke``. Django is imported only by the commands that need it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from jobpakke import __version__
from jobpakke.evaluation.command import add_figures

USAGE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns the exit code: 0 done, 2 refused with one line on standard error."""
    chosen = parser().parse_args(arguments)
    from jobpakke.commands import Stopped

    try:
        run: Callable[[argparse.Namespace], None] = chosen.run
        run(chosen)
    except Stopped as stopped:
        sys.stderr.write(f"jobpakke: {stopped}\n")
        return USAGE
    except KeyboardInterrupt:
        sys.stderr.write("jobpakke: stopped\n")
        return INTERRUPTED
    return 0


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments."""
    made = argparse.ArgumentParser(
        prog="jobpakke",
        description="The job package: one plan shared by citizen, company and municipality.",
        epilog="Settings are environment variables: see docs/reference/settings.md.",
    )
    made.add_argument("--version", action="version", version=f"jobpakke {__version__}")
    commands = made.add_subparsers(required=True, metavar="COMMAND")
    _demo(commands.add_parser("demo", help="load the demonstration and serve it"))
    _serve(commands.add_parser("serve", help="serve the application"))
    migrate = commands.add_parser("migrate", help="create or upgrade the database")
    migrate.set_defaults(run=_command("migrate"))
    _user(commands.add_parser("user", help="add users"))
    _followup(
        commands.add_parser(
            "followup",
            help="print a table of a programme on a date",
            epilog="Example: jobpakke followup VIP2 --on 2009-09-01 --format csv",
        )
    )
    _note(
        commands.add_parser(
            "note",
            help="write the follow-up of a programme on a date as a note",
            epilog="Example: jobpakke note VIP2 --on 2009-09-01 --format pdf --lang da --out vip2.pdf",
        )
    )
    _tidy(
        commands.add_parser(
            "tidy",
            help="remove drafts that nobody touched for as long as the rulebook keeps one; meant to run daily",
            epilog="Example: jobpakke tidy --dry-run",
        )
    )
    _context(commands.add_parser("context", help="counts of benefit recipients, which results are seen beside"))
    evaluate = commands.add_parser("evaluate", help="make a figure from a file of spells")
    add_figures(evaluate, run=_command("evaluate"))
    return made


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-serve", action="store_true", help="load only")
    parser.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (8000)")
    parser.set_defaults(run=_command("demo"))


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--workers", type=int, default=2, help="worker processes (2)")
    parser.set_defaults(run=_command("serve"))


def _user(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    add = verbs.add_parser("add", help="add a user with a role; asks for the password")
    add.add_argument("username")
    add.add_argument("--name", required=True, help="full name")
    add.add_argument("--role", required=True, help="caseworker, team_leader, evaluator, dpo or admin")
    add.add_argument("--municipality", required=True, help="four-digit code, e.g. 0751")
    add.add_argument("--municipality-name", default="", help="its name, if it is not in the database yet")
    add.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    add.set_defaults(run=_command("user_add"))


def _followup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("programme", metavar="PROGRAMME")
    parser.add_argument("--on", required=True, metavar="DATE", help="YYYY-MM-DD")
    parser.add_argument("--table", choices=("status", "targets"), default="status")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")
    _hide_small(parser, "in both tables together")
    parser.add_argument("--out", metavar="FILE", help="write there instead of to the screen")
    parser.set_defaults(run=_command("followup", "commands_followup"))


def _hide_small(parser: argparse.ArgumentParser, where: str) -> None:
    told = f"hide small numbers (the rulebook says how small), and what would give them away, {where}"
    parser.add_argument("--hide-small", action="store_true", help=told)


def _note(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("programme", metavar="PROGRAMME")
    parser.add_argument("--on", metavar="DATE", help="YYYY-MM-DD; needed unless --frozen says it")
    parser.add_argument("--known-on", metavar="DATE", help="with what had been recorded by the end of that day")
    parser.add_argument("--frozen", metavar="REF", help="of the frozen follow-up with that ref, as it was")
    parser.add_argument(
        "--by",
        choices=("municipality", "target_group", "goal", "sector", "trade", "team"),
        help="also told by that; small numbers are hidden by any but the municipality",
    )
    parser.add_argument("--before", metavar="DATE", help="compared with that date (the last frozen follow-up's)")
    parser.add_argument("--format", choices=("pdf", "html", "xlsx", "docx"), default="pdf")
    parser.add_argument("--lang", choices=("da", "en"), default="da", help="language of the note (da)")
    parser.add_argument("--text", default="", help="a text of your own, to stand in the note")
    parser.add_argument(
        "--after",
        choices=("packages", "results", "jobs", "in_between", "context", "courses", "groups", "stories"),
        default="results",
        help="the chapter after which --text stands (results)",
    )
    parser.add_argument(
        "--stories",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="with the case stories that citizens consent to today, or without",
    )
    _hide_small(parser, "in all tables and sentences")
    parser.add_argument("--out", metavar="FILE", help="write there instead of to standard output")
    parser.set_defaults(run=_command("note", "commands_followup"))


def _tidy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", metavar="DATE", help="YYYY-MM-DD, as if it were that day (today)")
    parser.add_argument("--dry-run", action="store_true", help="say what would be removed, and remove nothing")
    parser.set_defaults(run=_command("tidy"))


def _context(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(required=True, metavar="VERB")
    take = verbs.add_parser(
        "import",
        help="take in monthly counts by municipality from a CSV file of Statistikbanken",
        epilog='Example: jobpakke context import auk01.csv --source "Danmarks Statistik, AUK01" --dry-run',
    )
    take.add_argument("file", metavar="FILE")
    take.add_argument("--source", default="Danmarks Statistik", help="what stands under every table (%(default)s)")
    take.add_argument("--benefit", default="", metavar="NAME", help="what is counted, where the file does not say it")
    take.add_argument("--problems", metavar="FILE", help="write every fault of the file there: row,column,fault")
    take.add_argument("--dry-run", action="store_true", help="say what would be taken in, and take in nothing")
    take.set_defaults(run=_command("context_import"))


def _command(name: str, module: str = "commands") -> Callable[[argparse.Namespace], None]:
    def run(chosen: argparse.Namespace) -> None:
        getattr(import_module(f"jobpakke.{module}"), name)(chosen)

    return run


if __name__ == "__main__":
    raise SystemExit(main())
