"""``jobpakke migrate``, and what is said about a database that is empty, out of reach or none."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from jobpakke.cli import main
from tests.cli.shell import database, jobpakke, one_line, refusal

FOLLOWUP = ("followup", "VIP2", "--on", "2009-09-01")


def named(folder: Path, kind: str) -> set[str]:
    with closing(sqlite3.connect(database(folder))) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = ?", [kind])}


@pytest.mark.parametrize(
    "arguments",
    [
        FOLLOWUP,
        ("serve",),
        ("user", "add", "kim", "--name", "Kim", "--role", "dpo", "--municipality", "0751", "--password-stdin"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_a_database_without_tables_is_called_empty(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    line = refusal(jobpakke(*arguments, folder=tmp_path))
    assert "the database is empty" in line
    assert "jobpakke migrate" in line


def test_migrate_lays_tables_and_guards_and_may_be_run_again(tmp_path: Path) -> None:
    for _time in range(2):
        done = jobpakke("migrate", folder=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert len(done.stdout.splitlines()) == 1
    assert {"packages_programme", "history_event", "citizens_citizen"} <= named(tmp_path, "table")
    assert {"history_event_no_update", "history_event_no_delete"} <= named(tmp_path, "trigger")
    line = refusal(jobpakke(*FOLLOWUP, folder=tmp_path))
    assert "the database is empty" in line
    assert "jobpakke demo" in line


def test_a_new_folder_is_made_for_the_data(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "one"
    done = jobpakke("migrate", folder=tmp_path, env={"JOBPAKKE_DATA_DIR": str(folder), "JOBPAKKE_DATABASE_URL": None})
    assert (done.returncode, done.stderr) == (0, "")
    assert (folder / "jobpakke.sqlite3").exists()
    assert not database(tmp_path).exists()


@pytest.mark.django_db
def test_tables_without_a_programme_are_called_empty(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(FOLLOWUP) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "the database is empty" in one_line(captured.err)


@pytest.mark.parametrize("arguments", [FOLLOWUP, ("migrate",)], ids=lambda arguments: arguments[0])
def test_a_database_out_of_reach(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    env = {"JOBPAKKE_DATABASE_URL": f"sqlite:///{tmp_path}/missing/own.sqlite3"}
    assert "the database cannot be reached" in refusal(jobpakke(*arguments, folder=tmp_path, env=env))


@pytest.mark.parametrize("arguments", [FOLLOWUP, ("migrate",)], ids=lambda arguments: arguments[0])
def test_a_file_that_is_no_database(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    before = b"This is a letter.\n" * 100
    database(tmp_path).write_bytes(before)
    assert "the database cannot be reached" in refusal(jobpakke(*arguments, folder=tmp_path))
    assert database(tmp_path).read_bytes() == before


def test_an_address_of_no_known_database(tmp_path: Path) -> None:
    env = {"JOBPAKKE_DATABASE_URL": "oracel://x:hemmelig@y/z"}
    line = refusal(jobpakke("migrate", folder=tmp_path, env=env))
    assert "JOBPAKKE_DATABASE_URL" in line
    assert "hemmelig" not in line


def test_a_data_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = str(tmp_path / "file" / "data")
    line = refusal(jobpakke("migrate", folder=tmp_path, env={"JOBPAKKE_DATA_DIR": folder}))
    assert folder in line


def test_the_demonstration_stays_out_of_a_database_in_use(migrated: Path) -> None:
    somebody = ("user", "add", "kim", "--name", "Kim", "--role", "admin", "--password-stdin")
    place = ("--municipality", "0751", "--municipality-name", "Århus")
    assert jobpakke(*somebody, *place, folder=migrated, stdin="correct-horse-battery\n").returncode == 0
    assert "in use" in refusal(jobpakke("demo", "--no-serve", folder=migrated))
