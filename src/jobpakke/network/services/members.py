"""Who joins the network of a programme and who leaves it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from jobpakke.access.models import User
from jobpakke.access.policies import Act, require
from jobpakke.history.kinds import AmbassadorJoined, AmbassadorLeft
from jobpakke.history.periods import with_end
from jobpakke.history.services import Happening, record
from jobpakke.lib.names import sort_key
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import Column, TextRefusal, plain, visible
from jobpakke.network.models import Ambassador, Ambassadorship, CourseSeat, Organisation
from jobpakke.network.places import name_of
from jobpakke.network.refusals import NetworkRefusal
from jobpakke.network.writing import record_given_up, require_keeper
from jobpakke.packages.models import Programme
from jobpakke.packages.services.writing import WritingRefusal, require_not_ahead


@transaction.atomic
def join_network(
    *,
    actor: User,
    programme: Programme,
    name: str,
    municipality: str,
    organisation: str,
    joined_on: date,
    on: date,
    email: str = "",
) -> Ambassador:
    """Somebody becomes an ambassador from a day on. They work in a municipality (its code, any of the country's) or,
    where that is empty, in another organisation, by its name. Who was one before, of that name and there, is so again.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, the codes of plain, WORKS_NOWHERE, WORKS_AT_TWO,
            MUNICIPALITY_UNKNOWN, EMAIL_WRONG, AMBASSADOR_ALREADY (name, since), JOINED_BEFORE_LEAVING (left_on),
            CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_keeper(actor, programme, on=on)
    require_not_ahead(joined_on, on=on)
    name = plain(name, Ambassador.name.field)
    place = _organisation(municipality, organisation)
    who, _new = Ambassador.objects.update_or_create(
        programme=programme,
        organisation=place,
        sort_key=_key(name, Ambassador._meta.get_field("sort_key")),
        defaults={"name": name, **({"email": _address(email)} if email.strip() else {})},
    )
    _require_free(who, joined_on)
    try:
        with transaction.atomic():
            row = Ambassadorship.objects.create(ambassador=who, starts_on=joined_on)
    except IntegrityError as error:
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {})) from error
    record(Happening(AmbassadorJoined(place.code), actor.ref, row.ref, who.ref, joined_on))
    return who


@transaction.atomic
def leave_network(*, actor: User, ambassador: Ambassador, left_on: date, on: date) -> Ambassadorship:
    """Somebody is no ambassador any more from the day on; their seats on runs that begin later are free again. Said of
    who has left already, it corrects the day.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, LEFT_BEFORE_JOINING (joined_on), AMBASSADOR_NOT_ANY_MORE
            (left_on), CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require(actor, Act.KEEP_NETWORK, ambassador, on=on)
    require_not_ahead(left_on, on=on)
    held = Ambassadorship.objects.current().filter(ambassador=ambassador).order_by("starts_on", "pk").last()
    if held is None:
        raise Refused(Refusal(NetworkRefusal.AMBASSADOR_NOT_ANY_MORE, {"left_on": left_on}))
    if held.ends_on == left_on:
        raise Refused(Refusal(NetworkRefusal.AMBASSADOR_NOT_ANY_MORE, {"left_on": left_on}))
    if left_on < held.starts_on:
        raise Refused(Refusal(NetworkRefusal.LEFT_BEFORE_JOINING, {"joined_on": held.starts_on}))
    row = with_end(held, left_on)
    if row is None:
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {}))
    seats = CourseSeat.objects.current().filter(ambassador=ambassador, ends_on__isnull=True)
    for seat in seats.filter(run__starts_on__gte=left_on).select_related("run"):
        record_given_up(actor, seat, given_up_on=max(left_on, seat.starts_on))
    record(Happening(AmbassadorLeft(), actor.ref, row.ref, ambassador.ref, left_on))
    return row


def _organisation(code: str, name: str) -> Organisation:
    if code and name.strip():
        raise Refused(Refusal(NetworkRefusal.WORKS_AT_TWO, {}))
    if not code and not name.strip():
        raise Refused(Refusal(NetworkRefusal.WORKS_NOWHERE, {}))
    if code:
        known = name_of(code)
        if known is None:
            raise Refused(Refusal(NetworkRefusal.MUNICIPALITY_UNKNOWN, {"code": code}))
        said = {"name": known, "sort_key": _place_key(known, code)}
        return Organisation.objects.get_or_create(code=code, defaults=said)[0]
    name = plain(name, Organisation.name.field)
    return Organisation.objects.get_or_create(sort_key=_place_key(name), defaults={"name": name})[0]


def _key(name: str, column: Column) -> str:
    """The name as it is sorted and told apart by. Signs that nobody sees make no other name, and some become many
    letters. Raises Refused (TEXT_NEEDED): nothing of it can be read."""
    key = sort_key(visible(name))[: column.max_length]
    if not key.strip():
        raise Refused(Refusal(TextRefusal.TEXT_NEEDED))
    return key


def _place_key(name: str, code: str = "") -> str:
    """A municipality and another actor may be called the same; no name makes a key with that sign."""
    key = _key(name, Organisation.name.field)
    return f"{key}#{code}" if code else key


def _address(email: str) -> str:
    email = plain(email, Ambassador.email.field)
    try:
        validate_email(email)
    except ValidationError as error:
        raise Refused(Refusal(NetworkRefusal.EMAIL_WRONG, {})) from error
    return email


def _require_free(who: Ambassador, joined_on: date) -> None:
    last = Ambassadorship.objects.current().filter(ambassador=who).order_by("starts_on", "pk").last()
    if last is not None and last.ends_on is None:
        raise Refused(Refusal(NetworkRefusal.AMBASSADOR_ALREADY, {"name": who.name, "since": last.starts_on}))
    if last is not None and last.ends_on is not None and joined_on < last.ends_on:
        raise Refused(Refusal(NetworkRefusal.JOINED_BEFORE_LEAVING, {"left_on": last.ends_on}))
