"""What is refused of the network."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NETWORK: Mapping[str, Promise | str] = {
    "AMBASSADOR_ALREADY": _(
        "%(name)s has been an ambassador there since %(since)s. If it is somebody else of the same name, write the name"
        " so that the two can be told apart."
    ),
    "AMBASSADOR_NOT_ANY_MORE": _(
        "On %(left_on)s the person is no ambassador. Choose another day, or add the person to the network again."
    ),
    "EMAIL_WRONG": _("That is no email address. Write it as name@municipality.dk, or leave it empty."),
    "JOINED_BEFORE_LEAVING": _(
        "The person was an ambassador before, until %(left_on)s. Choose that day or a later one, or correct that day."
    ),
    "LEFT_BEFORE_JOINING": _("The person became an ambassador on %(joined_on)s. Choose that day or a later one."),
    "MUNICIPALITY_UNKNOWN": _("No municipality has the code %(code)s. Choose one from the list."),
    "NEWSLETTER_KNOWN_ALREADY": _(
        "A newsletter of that title, day and number of subscribers is recorded already. Nothing was changed."
    ),
    "NUMBER_OUT_OF_RANGE": _("%(number)s is not possible: write a number from %(least)s to %(most)s."),
    "RUN_BEFORE_ANNOUNCED": _(
        "The run cannot begin on %(starts_on)s, before it is announced on %(opened_on)s. Correct one of the days."
    ),
    "RUN_CALLED_OFF": _("The run was called off on %(called_off_on)s. Choose another run, or announce it anew."),
    "RUN_FULL": _("All %(seats)s seats are taken. Wait until somebody gives one up, or announce an extra run."),
    "RUN_OUT_OF_TIME": _(
        "That can be done from the day the run was announced, %(opened_on)s, to the day it begins, %(starts_on)s."
        " Choose a day between them."
    ),
    "SEAT_HELD_ALREADY": _("The person has had a seat on this run since %(since)s."),
    "SEAT_NOT_HELD": _("The person has no seat on this run that day. Choose a later day, or somebody who has one."),
    "WORKS_AT_TWO": _("Choose a municipality or write another organisation, not both."),
    "WORKS_NOWHERE": _("Choose the municipality where the person works, or write another organisation."),
}
