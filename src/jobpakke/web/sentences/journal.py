"""What is refused in the journal."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

JOURNAL: Mapping[str, Promise | str] = {
    "NOTE_PARTIES_DO_NOT_FIT": _(
        "A conversation is with somebody, and a note without a conversation is with nobody. Choose with whom, or"
        " choose the note."
    ),
    "INTERVIEW_WITHOUT_CITIZEN": _(
        "A job interview is held with the citizen. Choose the citizen, or the citizen and the company; or choose"
        " another kind of conversation."
    ),
    "NOTE_UNCHANGED": _("Nothing in the correction differs from the note. Change something, or leave it as it is."),
    "NOTE_CORRECTED_ALREADY": _(
        "Somebody corrected this note while you were writing, and nothing of yours was saved. Both texts stand here:"
        " put them together and save, and yours will correct the other's."
    ),
    "USE_OUTSIDE_AFTERCARE": _(
        "The aftercare runs from %(starts_on)s until %(ends_on)s. Choose a day in it, or write the note without"
        " aftercare."
    ),
    "AFTERCARE_OF_ANOTHER_CITIZEN": _("That aftercare belongs to another citizen. Write the note without it."),
}
