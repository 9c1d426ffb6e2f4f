"""The verbs of the network: what each leaves, and what it refuses without changing anything."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction

from jobpakke.access.models import Role, User
from jobpakke.history.models import Event
from jobpakke.lib.refusal import Refused
from jobpakke.network.models import Ambassador, Ambassadorship, Course, CourseRun, CourseSeat, Newsletter, Organisation
from jobpakke.network.places import municipalities, name_of
from jobpakke.network.services import (
    call_off_run,
    courses,
    give_up_seat,
    join_network,
    leave_network,
    members,
    open_run,
    record_newsletter,
    take_seat,
)
from jobpakke.packages.models import Programme
from jobpakke.packages.services import open_programme
from tests.builders import DAY, Cast, user

pytestmark = pytest.mark.django_db
TODAY = DAY + timedelta(days=30)
LATER = TODAY + timedelta(days=30)


class Net:
    """A programme of one municipality, kept by its evaluator."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.programme: Programme = open_programme(
            actor=None, code="P", name="P", starts_on=DAY, ends_on=None, targets=[(cast.here, 3)], on=DAY
        )

    def join(self, name: str = "Lis", code: str = "0461", actor: User | None = None, **more: Any) -> Ambassador:
        said: dict[str, Any] = {"organisation": "", "joined_on": DAY, "on": TODAY, "municipality": code, **more}
        return join_network(actor=actor or self.cast.finn, programme=self.programme, name=name, **said)

    def run(self, actor: User | None = None, **more: Any) -> CourseRun:
        said: dict[str, Any] = {"title": "Kursus", "seats": 1, "opened_on": DAY, "starts_on": LATER, "on": TODAY}
        return open_run(actor=actor or self.cast.finn, programme=self.programme, **{**said, **more})

    def seat(self, run: CourseRun, who: Ambassador, actor: User | None = None, **more: Any) -> CourseSeat:
        said: dict[str, Any] = {"taken_on": TODAY, "on": TODAY, **more}
        return take_seat(actor=actor or self.cast.finn, run=run, ambassador=who, **said)

    def give_up(self, run: CourseRun, who: Ambassador, **more: Any) -> CourseSeat:
        said: dict[str, Any] = {"given_up_on": TODAY, "on": TODAY, **more}
        return give_up_seat(actor=self.cast.finn, run=run, ambassador=who, **said)

    def leave(self, who: Ambassador, left_on: date = TODAY, on: date = TODAY) -> Ambassadorship:
        return leave_network(actor=self.cast.finn, ambassador=who, left_on=left_on, on=on)

    def letter(self, number: int = 9, **more: Any) -> Newsletter:
        said: dict[str, Any] = {"title": "Nr. 1", "sent_on": DAY, "subscribers": number, "on": TODAY, **more}
        return record_newsletter(**{"actor": self.cast.finn, **said}, programme=self.programme)

    def off(self, run: CourseRun, called_off_on: date = TODAY) -> CourseRun:
        call_off_run(actor=self.cast.finn, run=run, called_off_on=called_off_on, on=TODAY)
        return CourseRun.objects.get(pk=run.pk)


@pytest.fixture
def net(cast: Cast) -> Net:
    return Net(cast)


def told(kind: str) -> Event:
    return Event.objects.get(kind=kind)


def held(who: Ambassador) -> list[tuple[date, date | None]]:
    rows = Ambassadorship.objects.current().filter(ambassador=who).order_by("starts_on")
    return list(rows.values_list("starts_on", "ends_on"))


def test_somebody_joins_from_a_municipality_or_from_elsewhere(net: Net) -> None:
    lis = net.join(email=" lis@odense.dk ")
    other = net.join("Per", "", organisation="Sprogskolen")
    assert (lis.organisation.code, lis.organisation.name, lis.email) == ("0461", "Odense", "lis@odense.dk")
    assert (other.organisation.code, other.organisation.name) == ("", "Sprogskolen")
    assert held(lis) == [(DAY, None)]
    event = Event.objects.filter(kind="ambassador_joined").earliest("pk")
    assert (event.actor, event.about, event.effective_on) == (net.cast.finn.ref, lis.ref, DAY)
    assert event.data == {"organisation": "0461"}
    assert set(Ambassador.objects.visible_to(net.cast.bo, on=TODAY)) == {lis, other}
    assert not Ambassador.objects.visible_to(net.cast.dorte, on=TODAY).exists()
    assert not CourseRun.objects.visible_to(net.cast.dorte, on=TODAY).exists()


def test_a_municipality_is_called_what_it_calls_itself(net: Net) -> None:
    assert net.join(code="0751").organisation.name == "Århus"
    assert len(municipalities()) == 98
    assert next(iter(municipalities().values())) == "Albertslund"
    assert list(municipalities().values())[-1] == "Aarhus"
    assert name_of("9999") is None


def test_another_actor_may_be_called_as_a_municipality(net: Net) -> None:
    first, second = net.join(), net.join("Per", "", organisation="Odense")
    assert first.organisation != second.organisation
    assert net.join("Bo", "", organisation="ODENSE").organisation == second.organisation
    assert Organisation.objects.count() == 2


def test_who_comes_back_is_the_same_person_with_two_times(net: Net) -> None:
    lis = net.join()
    net.leave(lis, DAY + timedelta(days=5))
    again = net.join("LIS", joined_on=DAY + timedelta(days=9), email="ny@odense.dk")
    assert again == lis
    assert Ambassador.objects.get().email == "ny@odense.dk"
    assert held(lis) == [(DAY, DAY + timedelta(days=5)), (DAY + timedelta(days=9), None)]


def test_the_last_day_is_corrected(net: Net) -> None:
    lis = net.join()
    net.leave(lis, TODAY)
    net.leave(lis, DAY + timedelta(days=2))
    assert held(lis) == [(DAY, DAY + timedelta(days=2))]
    assert Event.objects.filter(kind="ambassador_left").count() == 2
    assert Ambassadorship.objects.count() == 3


def test_who_leaves_frees_the_seats_still_to_come(net: Net) -> None:
    lis = net.join()
    held_already, to_come = net.run(starts_on=DAY + timedelta(days=4)), net.run()
    net.seat(held_already, lis, taken_on=DAY)
    net.seat(to_come, lis)
    net.leave(lis)
    rows = CourseSeat.objects.current().order_by("run")
    assert [(row.run, row.ends_on) for row in rows] == [(held_already, None), (to_come, TODAY)]
    assert told("seat_given_up").data == {"run": str(to_come.ref)}
    assert net.seat(to_come, net.join("Per")).number == 1


def test_a_run_and_its_seats(net: Net) -> None:
    run = net.run(seats=2, place=" Odense ")
    assert (run.course.title, run.place, run.seats) == ("Kursus", "Odense", 2)
    assert told("course_run_opened").data == {"course": str(run.course.ref), "seats": 2}
    assert net.run().course == run.course
    assert Course.objects.count() == 1
    lis, per, bo = net.join(), net.join("Per"), net.join("Bo")
    assert [net.seat(run, who).number for who in (lis, per)] == [1, 2]
    net.give_up(run, lis)
    assert net.seat(run, bo).number == 1
    assert Event.objects.filter(kind="seat_taken").count() == 3
    assert net.off(run).called_off_on == TODAY
    assert told("course_run_called_off").subject == run.ref


def test_a_newsletter_is_corrected_by_its_day_and_title(net: Net) -> None:
    first, second = net.letter(2000), net.letter(2700)
    assert list(Newsletter.objects.current()) == [second]
    assert list(Newsletter.objects.known_at(first.recorded_at)) == [Newsletter.objects.get(pk=first.pk)]
    events = Event.objects.filter(kind="newsletter_recorded").order_by("pk")
    assert [each.data for each in events] == [
        {"subscribers": 2000, "before": None},
        {"subscribers": 2700, "before": 2000},
    ]


def test_no_name_takes_the_place_of_a_municipality(net: Net) -> None:
    other = net.join("Per", "", organisation="Odense 0461")
    assert net.join().organisation != other.organisation
    assert {place.name for place in Organisation.objects.all()} == {"Odense", "Odense 0461"}


def test_signs_that_are_not_seen_or_become_many_letters_make_no_other_person(net: Net) -> None:
    lis = net.join()
    with pytest.raises(Refused, match="AMBASSADOR_ALREADY"), transaction.atomic():
        net.join("L\u200bis")
    assert net.join("\ufdfa" * 15, "", organisation="\ufdfa" * 80) != lis
    for name, organisation in (("---", "Sprogskolen"), ("Per", "---")):
        with pytest.raises(Refused, match="TEXT_NEEDED"), transaction.atomic():
            net.join(name, "", organisation=organisation)


def test_who_leaves_on_the_first_day_and_comes_back_has_the_later_time(net: Net) -> None:
    lis = net.join(joined_on=TODAY)
    net.leave(lis)
    net.join(joined_on=TODAY)
    assert set(held(lis)) == {(TODAY, TODAY), (TODAY, None)}
    net.leave(lis, LATER, on=LATER)
    assert set(held(lis)) == {(TODAY, TODAY), (TODAY, LATER)}


def test_nobody_has_two_seats_at_once_whatever_day_is_said(net: Net) -> None:
    run, lis, per = net.run(seats=2), net.join(), net.join("Per")
    net.seat(run, lis, taken_on=DAY + timedelta(days=5))
    net.give_up(run, lis, given_up_on=DAY + timedelta(days=8))
    net.seat(run, per, taken_on=DAY + timedelta(days=8))
    with pytest.raises(Refused, match="SEAT_HELD_ALREADY"):
        net.seat(run, lis, taken_on=DAY + timedelta(days=3))


def test_a_seat_is_for_somebody_of_the_programme_who_stays_until_it_begins(net: Net) -> None:
    other = open_programme(
        actor=None, code="Q", name="Q", starts_on=DAY, ends_on=None, targets=[(net.cast.here, 1)], on=DAY
    )
    lis, run = (
        net.join(),
        open_run(actor=net.cast.finn, programme=other, title="K", seats=1, opened_on=DAY, starts_on=LATER, on=TODAY),
    )
    with pytest.raises(Refused, match="NOT_FOUND"):
        net.seat(run, lis)
    net.leave(lis)
    with pytest.raises(Refused, match="AMBASSADOR_NOT_ANY_MORE"):
        net.seat(net.run(), lis, taken_on=DAY)


AHEAD = TODAY + timedelta(days=1)
REFUSED: list[tuple[str, Callable[[Net], object]]] = [
    ("ROLE_LACKS_ACT", lambda net: net.join(actor=net.cast.bo)),
    ("NOT_FOUND", lambda net: net.join(actor=user("eva", Role.EVALUATOR, net.cast.there))),
    ("ROLE_LACKS_ACT", lambda net: net.run(actor=net.cast.bo)),
    ("ROLE_LACKS_ACT", lambda net: net.letter(actor=net.cast.bo)),
    ("ROLE_LACKS_ACT", lambda net: net.seat(net.run(), net.join(), actor=net.cast.bo)),
    ("NOT_FOUND", lambda net: net.seat(net.run(), net.join(), actor=user("eva", Role.EVALUATOR, net.cast.there))),
    ("DATE_AHEAD", lambda net: net.join(joined_on=AHEAD)),
    ("DATE_AHEAD", lambda net: net.run(opened_on=AHEAD)),
    ("DATE_AHEAD", lambda net: net.letter(sent_on=AHEAD)),
    ("DATE_AHEAD", lambda net: net.leave(net.join(), AHEAD)),
    ("DATE_AHEAD", lambda net: net.off(net.run(), AHEAD)),
    ("DATE_AHEAD", lambda net: net.seat(net.run(), net.join(), taken_on=AHEAD)),
    ("WORKS_NOWHERE", lambda net: net.join(code="", organisation=" ")),
    ("WORKS_AT_TWO", lambda net: net.join(organisation="Sprogskolen")),
    ("MUNICIPALITY_UNKNOWN", lambda net: net.join(code="9999")),
    ("EMAIL_WRONG", lambda net: net.join(email="lis")),
    ("TEXT_NEEDED", lambda net: net.join("  ")),
    ("TEXT_NOT_PLAIN", lambda net: net.join("Lis\x00")),
    ("TEXT_TOO_LONG", lambda net: net.join("x" * 121)),
    ("AMBASSADOR_ALREADY", lambda net: [net.join(), net.join("lis")]),
    ("JOINED_BEFORE_LEAVING", lambda net: [net.leave(net.join()), net.join(joined_on=DAY)]),
    ("LEFT_BEFORE_JOINING", lambda net: net.leave(net.join(joined_on=TODAY), DAY)),
    ("AMBASSADOR_NOT_ANY_MORE", lambda net: [net.leave(who := net.join()), net.leave(who)]),
    ("AMBASSADOR_NOT_ANY_MORE", lambda net: [net.leave(who := net.join()), net.seat(net.run(), who)]),
    ("RUN_BEFORE_ANNOUNCED", lambda net: net.run(opened_on=TODAY, starts_on=DAY)),
    ("NUMBER_OUT_OF_RANGE", lambda net: net.run(seats=0)),
    ("NUMBER_OUT_OF_RANGE", lambda net: net.run(seats=501)),
    ("NUMBER_OUT_OF_RANGE", lambda net: net.letter(-1)),
    ("NUMBER_OUT_OF_RANGE", lambda net: net.letter(1_000_001)),
    ("RUN_CALLED_OFF", lambda net: net.seat(net.off(net.run()), net.join())),
    ("RUN_CALLED_OFF", lambda net: [net.off(run := net.run()), net.off(run)]),
    ("RUN_OUT_OF_TIME", lambda net: net.seat(net.run(starts_on=DAY), net.join())),
    ("RUN_OUT_OF_TIME", lambda net: net.off(net.run(starts_on=DAY))),
    ("RUN_OUT_OF_TIME", lambda net: net.off(net.run(opened_on=TODAY), DAY)),
    ("SEAT_HELD_ALREADY", lambda net: [net.seat(run := net.run(seats=2), who := net.join()), net.seat(run, who)]),
    ("RUN_FULL", lambda net: [net.seat(run := net.run(), net.join()), net.seat(run, net.join("Per"))]),
    ("SEAT_NOT_HELD", lambda net: net.give_up(net.run(), net.join())),
    ("NEWSLETTER_KNOWN_ALREADY", lambda net: [net.letter(), net.letter()]),
]


@pytest.mark.parametrize(("code", "act"), REFUSED, ids=lambda each: each if isinstance(each, str) else "")
def test_what_is_refused_changes_nothing(net: Net, code: str, act: Callable[[Net], object]) -> None:
    with pytest.raises(Refused, match=code), transaction.atomic():
        act(net)
    for model in (Ambassador, Ambassadorship, Organisation, CourseRun, CourseSeat, Newsletter):
        assert not model.objects.exists()


def test_who_comes_second_is_told_so(net: Net, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the second had read before the first wrote."""
    run, lis, per = net.run(), net.join(), net.join("Per")
    net.seat(run, lis)
    monkeypatch.setattr(courses, "_free_number", lambda *_read: 1)
    monkeypatch.setattr(members, "_require_free", lambda *_read: None)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        net.seat(run, per)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        net.join()
    monkeypatch.setattr(members, "with_end", lambda *_row: None)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        net.leave(lis)
    assert CourseSeat.objects.current().count() == 1
    net.letter()
    monkeypatch.setattr(Newsletter.objects, "current", Newsletter.objects.none)
    with pytest.raises(Refused, match="CHANGED_MEANWHILE_BY_ANOTHER"):
        net.letter(8)
