"""Runs of courses and the seats on them."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q

from jobpakke.access.models import User
from jobpakke.access.policies import AccessRefusal, Act, require
from jobpakke.history.kinds import CourseRunCalledOff, CourseRunOpened, SeatTaken
from jobpakke.history.services import Happening, record
from jobpakke.lib.clock import now
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.network.models import Ambassador, Ambassadorship, Course, CourseRun, CourseSeat
from jobpakke.network.refusals import NetworkRefusal
from jobpakke.network.writing import record_given_up, require_between, require_keeper
from jobpakke.packages.models import Programme
from jobpakke.packages.services.writing import WritingRefusal, require_not_ahead

MOST_SEATS = 500


@transaction.atomic
def open_run(
    *,
    actor: User,
    programme: Programme,
    title: str,
    seats: int,
    opened_on: date,
    starts_on: date,
    on: date,
    place: str = "",
) -> CourseRun:
    """Announces a run of the course of that title; the first run makes the course. Whether it is an extra one follows
    from how many seats were left that day (``method.network.extra_runs``).

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, RUN_BEFORE_ANNOUNCED (opened_on), NUMBER_OUT_OF_RANGE (number,
            least, most), the codes of plain.
    """
    require_keeper(actor, programme, on=on)
    require_not_ahead(opened_on, on=on)
    if starts_on < opened_on:
        raise Refused(Refusal(NetworkRefusal.RUN_BEFORE_ANNOUNCED, {"opened_on": opened_on, "starts_on": starts_on}))
    require_between(seats, 1, MOST_SEATS)
    course, _new = Course.objects.get_or_create(programme=programme, title=plain(title, Course.title.field))
    run = CourseRun.objects.create(
        course=course,
        opened_on=opened_on,
        starts_on=starts_on,
        place=plain(place, CourseRun.place.field, needed=False),
        seats=seats,
    )
    record(Happening(CourseRunOpened(str(course.ref), seats), actor.ref, run.ref, programme.ref, opened_on))
    return run


@transaction.atomic
def call_off_run(*, actor: User, run: CourseRun, called_off_on: date, on: date) -> None:
    """The run is not held; its seats go with it.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, RUN_OUT_OF_TIME (it had not been announced, or had begun),
            RUN_CALLED_OFF (called_off_on).
    """
    require(actor, Act.KEEP_NETWORK, run, on=on)
    require_not_ahead(called_off_on, on=on)
    _require_to_come(run, called_off_on)
    going = CourseRun.objects.filter(pk=run.pk, called_off_on__isnull=True)
    if going.update(called_off_on=called_off_on, called_off_at=now()) != 1:
        raise Refused(Refusal(NetworkRefusal.RUN_CALLED_OFF, {"called_off_on": run.called_off_on or called_off_on}))
    record(Happening(CourseRunCalledOff(), actor.ref, run.ref, run.course.programme.ref, called_off_on))


@transaction.atomic
def take_seat(*, actor: User, run: CourseRun, ambassador: Ambassador, taken_on: date, on: date) -> CourseSeat:
    """An ambassador gets the first free seat of a run, from the day on.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, RUN_CALLED_OFF, RUN_OUT_OF_TIME (opened_on, starts_on),
            AMBASSADOR_NOT_ANY_MORE, SEAT_HELD_ALREADY (since), RUN_FULL (seats), CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require(actor, Act.KEEP_NETWORK, run, on=on)
    require(actor, Act.KEEP_NETWORK, ambassador, on=on)
    require_not_ahead(taken_on, on=on)
    if run.called_off_on is not None:
        raise Refused(Refusal(NetworkRefusal.RUN_CALLED_OFF, {"called_off_on": run.called_off_on}))
    _require_to_come(run, taken_on)
    if ambassador.programme_id != run.course.programme_id:
        raise Refused(Refusal(AccessRefusal.NOT_FOUND, {}))
    stays = Q(ends_on__isnull=True) | Q(ends_on__gt=run.starts_on)
    if not Ambassadorship.objects.on(taken_on).filter(stays, ambassador=ambassador).exists():
        raise Refused(Refusal(NetworkRefusal.AMBASSADOR_NOT_ANY_MORE, {"left_on": taken_on}))
    row = CourseSeat(run=run, number=_free_number(run, ambassador, taken_on), ambassador=ambassador, starts_on=taken_on)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:  # somebody got that seat first
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {})) from error
    record(Happening(SeatTaken(str(run.ref)), actor.ref, row.ref, ambassador.ref, taken_on))
    return row


@transaction.atomic
def give_up_seat(*, actor: User, run: CourseRun, ambassador: Ambassador, given_up_on: date, on: date) -> CourseSeat:
    """An ambassador's seat is free again from the day on.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, RUN_OUT_OF_TIME, SEAT_NOT_HELD, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require(actor, Act.KEEP_NETWORK, run, on=on)
    require_not_ahead(given_up_on, on=on)
    _require_to_come(run, given_up_on)
    held = CourseSeat.objects.current().filter(run=run, ambassador=ambassador, ends_on__isnull=True)
    seat = held.filter(starts_on__lte=given_up_on).select_related("run").first()
    if seat is None:
        raise Refused(Refusal(NetworkRefusal.SEAT_NOT_HELD, {}))
    return record_given_up(actor, seat, given_up_on=given_up_on)


def _require_to_come(run: CourseRun, day: date) -> None:
    if not run.opened_on <= day <= run.starts_on:
        raise Refused(Refusal(NetworkRefusal.RUN_OUT_OF_TIME, {"opened_on": run.opened_on, "starts_on": run.starts_on}))


def _free_number(run: CourseRun, ambassador: Ambassador, day: date) -> int:
    """The lowest number that nobody has from the day on."""
    seats = CourseSeat.objects.current().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), run=run)
    taken = {seat.number for seat in seats}
    own = next((seat for seat in seats if seat.ambassador_id == ambassador.pk), None)
    if own is not None:
        raise Refused(Refusal(NetworkRefusal.SEAT_HELD_ALREADY, {"since": own.starts_on}))
    free = (number for number in range(1, run.seats + 1) if number not in taken)
    number = next(free, None)
    if number is None:
        raise Refused(Refusal(NetworkRefusal.RUN_FULL, {"seats": run.seats}))
    return number
