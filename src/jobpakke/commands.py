"""What the commands of the command line do. Imported when one is run."""

from __future__ import annotations

import argparse
import getpass
import os
import re
import socket
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jobpakke.lib.clock import today
from jobpakke.lib.days import parse_day

if TYPE_CHECKING:
    from jobpakke.followup.context.refusals import Problem

_LAST_PORT = 65535
USERS = "Sign in with one of these; the password is {password}:"


class Stopped(Exception):
    """One clear line about why nothing was done."""


def migrate(_chosen: argparse.Namespace) -> None:
    """Creates or upgrades the database."""
    _start(needs_tables=False)
    _migrate()
    sys.stdout.write("The database is up to date.\n")


def demo(chosen: argparse.Namespace) -> None:
    """Loads the demonstration into an empty database, prints the sign-ins, and serves."""
    if not chosen.no_serve:
        require_free("127.0.0.1", chosen.port)
    _start(needs_tables=False)
    from django.conf import settings

    if settings.PRODUCTION:
        raise Stopped("the demonstration does not run in production mode: unset JOBPAKKE_MODE")
    _migrate()
    _load()
    _print_sign_ins(chosen.port, serving=not chosen.no_serve)
    if not chosen.no_serve:
        _granian("127.0.0.1", chosen.port, workers=1)


def serve(chosen: argparse.Namespace) -> None:
    """Serves the application with granian."""
    _start(needs_tables=True)
    require_free(chosen.host, chosen.port)
    sys.stdout.write(f"Serving on http://{chosen.host}:{chosen.port}/\n")
    _granian(chosen.host, chosen.port, workers=chosen.workers)


def user_add(chosen: argparse.Namespace) -> None:
    """Adds a user; the operator at the command line needs no role."""
    _start(needs_tables=True)
    from django.db import transaction
    from django.utils.translation import override

    from jobpakke.access.models import Municipality, Role
    from jobpakke.access.services import add_user
    from jobpakke.lib.refusal import Refused
    from jobpakke.web.errors import sentences

    if chosen.role not in Role.values:
        raise Stopped(f"unknown role {chosen.role!r}; use one of: {', '.join(Role.values)}")
    municipality = Municipality.objects.filter(code=chosen.municipality).first()
    if municipality is None:
        if not chosen.municipality_name or not re.fullmatch("[0-9]{4}", chosen.municipality):
            raise Stopped(
                f"unknown municipality {chosen.municipality!r}; "
                "give its four-digit code and --municipality-name to add it"
            )
        municipality = Municipality(code=chosen.municipality, name=chosen.municipality_name)
    password = _password(chosen)
    try:
        with transaction.atomic(), override("en"):
            if municipality.pk is None:
                municipality.save()
            add_user(
                actor=None,
                username=chosen.username,
                full_name=chosen.name,
                password=password,
                role=Role(chosen.role),
                municipality=municipality,
                on=today(),
            )
    except Refused as refused:
        with override("en"):
            raise Stopped(" ".join(sentences(refused))) from refused
    sys.stdout.write(f"Added {chosen.username}.\n")


def _password(chosen: argparse.Namespace) -> str:
    if chosen.password_stdin:
        return sys.stdin.readline().rstrip("\n")
    try:
        return getpass.getpass("Password: ")
    except EOFError as error:
        raise Stopped("no password was given; type it, or send it through the pipe with --password-stdin") from error


def tidy(chosen: argparse.Namespace) -> None:
    """Removes forgotten drafts, and says in one line for each municipality what went."""
    wanted = parse_day(chosen.on)
    if chosen.on is not None and wanted is None:
        raise Stopped(f"{chosen.on!r} is not a date; write it as YYYY-MM-DD, for example 2026-09-01")
    _start(needs_tables=True)
    from django.db import transaction

    from jobpakke.access.models import Municipality
    from jobpakke.packages.services import remove_forgotten_drafts

    on = wanted or today()
    if on > today() and not chosen.dry_run:
        raise Stopped(f"{on} lies ahead; add --dry-run to see what would go by then")
    for municipality in Municipality.objects.all():
        with transaction.atomic():
            gone = remove_forgotten_drafts(actor=None, municipality=municipality, on=on)
            if chosen.dry_run:
                transaction.set_rollback(True)
        sys.stdout.write(f"{municipality.code} {municipality.name}: {_gone(gone.drafts, gone.packages, chosen)}\n")


def _gone(drafts: int, packages: int, chosen: argparse.Namespace) -> str:
    if not drafts:
        return "no forgotten drafts"
    verb = "would be removed" if chosen.dry_run else "removed"
    return f"{drafts} forgotten draft{'' if drafts == 1 else 's'} {verb}, {packages} of them with the whole package"


def context_import(chosen: argparse.Namespace) -> None:
    """Takes a file of counts in, all of it or nothing, and says what was left out."""
    content = _content(chosen.file)
    _start(needs_tables=True)
    from django.db import transaction
    from django.utils.translation import override

    from jobpakke.access.models import Municipality
    from jobpakke.followup.context.areas import Areas
    from jobpakke.followup.context.reading import read_counts
    from jobpakke.followup.context.services import import_benefit_counts
    from jobpakke.lib.refusal import Refused
    from jobpakke.web.context.report import outcome, problem_lines, problems_of
    from jobpakke.web.errors import sentences

    areas = Areas(list(Municipality.objects.values_list("code", "name")))
    try:
        file = read_counts(content, areas, benefit=chosen.benefit)
        with transaction.atomic():
            done = import_benefit_counts(actor=None, file=file, source=chosen.source, on=today())
            if chosen.dry_run:
                transaction.set_rollback(True)
    except Refused as refused:
        if chosen.problems and problems_of(refused):
            _write(problem_lines(refused).encode(), chosen.problems)
        with override("en"):
            raise Stopped(" ".join([*sentences(refused), *_first_problem(problems_of(refused))])) from refused
    with override("en"):
        sys.stdout.write("Only tried: " * chosen.dry_run + outcome(done, file) + "\n")


def _content(name: str) -> bytes:
    from jobpakke.followup.context.reading import MOST_BYTES

    try:
        with Path(name).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Stopped(f"cannot read {name}: {error.strerror}") from error


def _first_problem(problems: Sequence[Problem]) -> list[str]:
    return [f"The first: row {each.row}, column {each.column}: {each.fault}." for each in problems[:1]]


def evaluate(chosen: argparse.Namespace) -> None:
    """Makes a figure of the registry from a file; needs no database."""
    from jobpakke.evaluation.command import run
    from jobpakke.evaluation.faults import sentence
    from jobpakke.lib.refusal import Refused

    try:
        run(chosen)
    except Refused as refused:
        raise Stopped(sentence(refused)) from refused


def _write(content: bytes, out: str | None) -> None:
    try:
        if out is None:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.flush()
        else:
            Path(out).write_bytes(content)
    except OSError as error:
        raise Stopped(f"cannot write {out or 'the answer'}: {error.strerror}") from error


def _start(*, needs_tables: bool) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobpakke.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise Stopped(str(error)) from error
    from django.conf import settings

    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stopped(f"cannot make the data folder {settings.DATA_DIR}: {error.strerror}") from error
    if needs_tables:
        _require_tables()


def _require_tables() -> None:
    from django.db import DatabaseError, connection

    try:
        tables = connection.introspection.table_names()
    except DatabaseError as error:
        raise Stopped(f"the database cannot be reached: {str(error).splitlines()[0]}") from error
    if "packages_programme" not in tables:
        raise Stopped("the database is empty; create it with: jobpakke migrate, or jobpakke demo --no-serve")


def _migrate() -> None:
    from django.core.management import call_command
    from django.db import DatabaseError

    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise Stopped(f"the database cannot be reached: {str(error).splitlines()[0]}") from error


def _load() -> None:
    from rich.progress import Progress

    from jobpakke.demo.load import is_empty, is_loaded, load, loaded_on

    if is_loaded():
        sys.stdout.write(how_old(loaded_on(), today()))
        return
    if not is_empty():
        raise Stopped("the database is in use; the demonstration needs an empty one: set JOBPAKKE_DATABASE_URL")
    with Progress(transient=True) as bar:
        task = bar.add_task("Loading the demonstration", total=None)
        load(today=today(), progress=lambda done, total: bar.update(task, completed=done, total=total))


def how_old(loaded_on: date, today: date) -> str:
    """Where the data stand, and how to begin anew."""
    from django.db import connection

    where = connection.settings_dict["NAME"]
    said = f"The demonstration is kept in {where}.\n"
    if loaded_on == today:
        return said
    anew = f"delete that {'file' if connection.vendor == 'sqlite' else 'database'} and run this again"
    return f"{said}It was made on {loaded_on}, and its present caseload stands on that day. To begin anew, {anew}.\n"


def _print_sign_ins(port: int, *, serving: bool) -> None:
    from jobpakke.demo.ground import ADVERTISED, PASSWORD, SIGN_INS

    advertised = [sign_in for sign_in in SIGN_INS if sign_in.username in ADVERTISED]
    lines = ["", USERS.format(password=PASSWORD)]
    lines += [f"  {sign_in.username:8} {sign_in.role.value}" for sign_in in advertised]
    lines.append("VIP2's follow-up opens on 1 September 2009; any date can be chosen on every page.")
    if serving:
        lines += [f"Open http://127.0.0.1:{port}/ (stop with Ctrl+C)", ""]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def require_free(host: str, port: int) -> None:
    """Before anything slow is done: that we may listen there, and that nobody does. Raises Stopped."""
    if not 1 <= port <= _LAST_PORT:
        raise Stopped(f"there is no port {port}; choose one from 1 to {_LAST_PORT} with --port")
    try:
        with socket.create_server((host, port)):
            return
    except socket.gaierror as error:
        raise Stopped(f"this machine has no address {host!r}; leave --host out, or give one of its own") from error
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise Stopped(f"cannot listen on {host}:{port}: {reason}; choose another port with --port") from error


def _granian(host: str, port: int, *, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    Granian(
        "jobpakke.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        log_enabled=False,
    ).serve()
