"""What is refused of follow-ups."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FOLLOWUP: Mapping[str, Promise | str] = {
    "CUT_OFF_AHEAD": _(
        "%(cut_off_on)s lies ahead, and nobody knows yet what will hold that day. Choose %(today)s or an earlier day."
    ),
    "FOLLOW_UP_ALTERED": _(
        "This frozen follow-up is not shown: it is no longer as it was frozen. What is stored does not agree with the"
        " hash %(sha256)s. Ask whoever runs the program to look at the database and the back-up, and freeze the date"
        " again."
    ),
}
