"""``jobpakke user add``: who comes in, who does not, and that no password is ever shown."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from jobpakke.access.models import Membership, Municipality, Role, User
from jobpakke.cli import main
from jobpakke.history.models import Event
from jobpakke.lib.clock import today
from tests.builders import PASSWORD
from tests.cli.shell import database, jobpakke, one_line, refusal

Capture = pytest.CaptureFixture[str]
KIM = ("--name", "Kim Kofoed", "--role", "caseworker", "--municipality", "0751", "--password-stdin")
NEW_PLACE = ("--municipality-name", "Århus")


@pytest.fixture
def place(db: None) -> Municipality:
    return Municipality.objects.create(code="0751", name="Århus")


def add(monkeypatch: pytest.MonkeyPatch, *arguments: str, password: str = PASSWORD) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\nsomething else\n"))
    return main(["user", "add", *arguments])


def refused(capsys: Capture, code: int, password: str = PASSWORD) -> str:
    assert code == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert not password or password not in captured.err
    return one_line(captured.err)


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (User, Membership, Municipality, Event))


def test_somebody_with_a_role_from_today(place: Municipality, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert add(monkeypatch, "kim", *KIM) == 0
    captured = capsys.readouterr()
    assert "kim" in captured.out
    assert captured.err == ""
    assert PASSWORD not in captured.out
    kim = User.objects.get()
    assert (kim.username, kim.full_name) == ("kim", "Kim Kofoed")
    assert kim.check_password(PASSWORD)
    held = Membership.objects.get(user=kim)
    assert (held.municipality, held.role, held.starts_on, held.ends_on) == (place, "caseworker", today(), None)


def test_the_operator_leaves_events_without_an_actor(place: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    assert add(monkeypatch, "kim", *KIM) == 0
    kim = User.objects.get()
    events = Event.objects.filter(about=kim.ref, subject=kim.ref, actor=None, effective_on=today())
    assert set(events.values_list("kind", flat=True)) == {"user_added", "role_given"}
    assert events.get(kind="role_given").data == {"role": "caseworker", "municipality": "0751"}
    assert Event.objects.count() == 2


def test_a_municipality_comes_in_with_its_name(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert add(monkeypatch, "kim", *KIM, *NEW_PLACE) == 0
    assert Municipality.objects.get().name == "Århus"
    assert Membership.objects.get().municipality.code == "0751"


def test_a_municipality_that_is_known_keeps_its_name(place: Municipality, monkeypatch: pytest.MonkeyPatch) -> None:
    assert add(monkeypatch, "kim", *KIM, "--municipality-name", "Aarhus") == 0
    assert Municipality.objects.get().name == "Århus"


def test_without_standard_input_the_password_is_asked_for_unseen(
    place: Municipality, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    asked: list[str] = []

    def getpass(prompt: str) -> str:
        asked.append(prompt)
        return PASSWORD

    monkeypatch.setattr("getpass.getpass", getpass)
    assert add(monkeypatch, "kim", *KIM[:-1], password="another-password-8") == 0
    assert len(asked) == 1
    assert User.objects.get().check_password(PASSWORD)
    assert PASSWORD not in capsys.readouterr().out


@pytest.mark.parametrize(
    "password", ["kort-kode-7", "", "928374651029384756", "password1234", "kimkofoed-kk", "Kim Kofoed!!"]
)
def test_a_weak_password(place: Municipality, monkeypatch: pytest.MonkeyPatch, capsys: Capture, password: str) -> None:
    before = rows()
    line = refused(capsys, add(monkeypatch, "kimkofoed", *KIM, password=password), password)
    assert "12" in line
    assert rows() == before


def test_a_user_name_is_taken_once(place: Municipality, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    assert add(monkeypatch, "kim", *KIM) == 0
    capsys.readouterr()
    before = rows()
    code = add(monkeypatch, "kim", *KIM, password="another-password-8")
    assert "kim" in refused(capsys, code, "another-password-8")
    assert rows() == before
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("role", ["boss", "Caseworker", "", "team leader"])
def test_an_unknown_role(place: Municipality, monkeypatch: pytest.MonkeyPatch, capsys: Capture, role: str) -> None:
    before = rows()
    line = refused(capsys, add(monkeypatch, "kim", *KIM, "--role", role))
    assert repr(role) in line
    assert all(known in line for known in Role.values)
    assert rows() == before


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("0101", ()),
        ("751", NEW_PLACE),
        ("07510", NEW_PLACE),
        ("075x", NEW_PLACE),
        ("", NEW_PLACE),
        ("Århus", ()),
        ("\uff14\uff15\uff16\uff17", NEW_PLACE),
    ],
)
def test_an_unknown_municipality(
    place: Municipality, monkeypatch: pytest.MonkeyPatch, capsys: Capture, code: str, more: tuple[str, ...]
) -> None:
    before = rows()
    line = refused(capsys, add(monkeypatch, "kim", *KIM, "--municipality", code, *more))
    assert repr(code) in line
    assert "--municipality-name" in line
    assert rows() == before


def test_a_refused_user_leaves_no_municipality_behind(
    db: None, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    refused(capsys, add(monkeypatch, "kim", *KIM, *NEW_PLACE, password="kort"), "kort")
    assert not Municipality.objects.exists()


@pytest.mark.parametrize(
    ("username", "name"),
    [("", "Kim"), ("kim\n", "Kim\x00"), ("k i m", "Kim"), ("kim", " "), ("k" * 61, "Kim"), ("kim", "K" * 121)],
)
def test_names_that_are_no_names(
    place: Municipality, monkeypatch: pytest.MonkeyPatch, capsys: Capture, username: str, name: str
) -> None:
    before = rows()
    refused(capsys, add(monkeypatch, username, *KIM, "--name", name))
    assert rows() == before


def test_without_anybody_at_the_prompt_nothing_is_added(
    place: Municipality, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    def getpass(_prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", getpass)
    assert "--password-stdin" in refused(capsys, add(monkeypatch, "kim", *KIM[:-1]))


def test_a_password_through_the_pipe_is_nowhere_in_the_file(migrated: Path) -> None:
    done = jobpakke("user", "add", "kim", *KIM, *NEW_PLACE, folder=migrated, stdin=f"{PASSWORD}\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert PASSWORD not in done.stdout
    again = jobpakke("user", "add", "kim", *KIM, folder=migrated, stdin=f"{PASSWORD}\n")
    assert PASSWORD not in refusal(again)
    stored = b"".join(file.read_bytes() for file in migrated.glob(f"{database(migrated).name}*"))
    assert b"argon2id" in stored
    assert PASSWORD.encode() not in stored
