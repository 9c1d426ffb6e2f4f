"""Newsletters that were sent."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from jobpakke.access.models import User
from jobpakke.history.kinds import NewsletterRecorded
from jobpakke.history.services import Happening, record
from jobpakke.lib.clock import now
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.lib.texts import plain
from jobpakke.network.models import Newsletter
from jobpakke.network.refusals import NetworkRefusal
from jobpakke.network.writing import require_between, require_keeper
from jobpakke.packages.models import Programme
from jobpakke.packages.services.writing import WritingRefusal, require_not_ahead

MOST_SUBSCRIBERS = 1_000_000


@transaction.atomic
def record_newsletter(
    *, actor: User, programme: Programme, title: str, sent_on: date, subscribers: int, on: date
) -> Newsletter:
    """A newsletter was sent to so many subscribers. Of the same day and title it corrects the number.

    Raises:
        Refused: NOT_FOUND, ROLE_LACKS_ACT, DATE_AHEAD, NUMBER_OUT_OF_RANGE, the codes of plain,
            NEWSLETTER_KNOWN_ALREADY, CHANGED_MEANWHILE_BY_ANOTHER.
    """
    require_keeper(actor, programme, on=on)
    require_not_ahead(sent_on, on=on)
    require_between(subscribers, 0, MOST_SUBSCRIBERS)
    title = plain(title, Newsletter.title.field)
    moment = now()
    known = Newsletter.objects.current().filter(programme=programme, sent_on=sent_on, title=title).first()
    if known is not None and known.subscribers == subscribers:
        raise Refused(Refusal(NetworkRefusal.NEWSLETTER_KNOWN_ALREADY, {}))
    try:
        with transaction.atomic():
            if known is not None:
                Newsletter.objects.current().filter(pk=known.pk).update(superseded_at=moment)
            row = Newsletter.objects.create(
                programme=programme, title=title, sent_on=sent_on, subscribers=subscribers, recorded_at=moment
            )
    except IntegrityError as error:  # somebody recorded it, or corrected it, first
        raise Refused(Refusal(WritingRefusal.CHANGED_MEANWHILE_BY_ANOTHER, {})) from error
    before = known.subscribers if known else None
    record(Happening(NewsletterRecorded(subscribers, before), actor.ref, row.ref, programme.ref, sent_on))
    return row
