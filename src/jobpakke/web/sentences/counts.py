"""What is refused of counts of benefit recipients."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COUNTS: Mapping[str, Promise | str] = {
    "COUNTS_EMPTY": _("The file is empty. Fetch it again from Statistikbanken."),
    "COUNTS_TOO_LARGE": _("The file is larger than %(most)s MB. Choose fewer municipalities, benefits or years."),
    "COUNTS_TOO_MANY": _(
        "The file has more than %(most)s counts. Choose fewer municipalities, benefits or years, and take them in one"
        " file after the other."
    ),
    "COUNTS_NOT_TEXT": _(
        "The file is no CSV: it is no text in UTF-8 or Windows-1252. Choose CSV with semicolons in Statistikbanken, not"
        " Excel."
    ),
    "COUNTS_TORN": _("The file breaks off or has a stray quotation mark at row %(row)s. Fetch it again."),
    "COUNTS_LAYOUT_UNKNOWN": _(
        "No headings were found. The file must have either the columns OMRÅDE, TID and INDHOLD, or a column for each"
        " month or quarter (2009M01, 2009K1) after the area."
    ),
    "COUNTS_WITHOUT_AREA": _(
        "The file does not say which municipality a count is of. Choose “område” as one of its columns or rows."
    ),
    "COUNTS_COLUMNS_UNNAMED": _(
        "The columns before the months have no headings, so nobody can tell which one is the benefit. Write OMRÅDE and"
        " YDELSESTYPE over them."
    ),
    "COUNTS_WITHOUT_BENEFIT": _("The file does not say which benefit it counts. Write it in the field, and try again."),
    "COUNTS_BENEFIT_NAMED_TWICE": _(
        "The file says itself which benefit it counts. Leave the field empty, and try again."
    ),
    "COUNTS_SPLIT": _(
        "The column “%(column)s” splits the counts, which would be counted twice. Choose one value of it in"
        " Statistikbanken, as a rule “I alt”."
    ),
    "COUNTS_ROWS_WRONG": _("Faults in the file: %(count)s. Nothing was taken in. Mend them, or fetch the file again."),
    "COUNTS_OF_OTHER_PLACES": _(
        "None of the areas in the file is one of your municipalities. It has: %(areas)s. Choose your municipalities in"
        " Statistikbanken."
    ),
    "COUNTS_ALL_MISSING": _(
        "Every count of your municipalities is unknown in the file itself (..). Choose other months or another table."
    ),
    "COUNTS_KNOWN_ALREADY": _("Every count of the file is here already, just so. There was nothing to take in."),
    "COUNTS_CHANGED_MEANWHILE": _("Somebody else took counts in at the same moment. Try again."),
}
