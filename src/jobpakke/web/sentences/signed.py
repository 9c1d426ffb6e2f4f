"""What is refused of signed copies."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SIGNED: Mapping[str, Promise | str] = {
    "COPY_EMPTY": _("The file is empty. Scan the paper again, and choose the new file."),
    "COPY_TOO_LARGE": _("The file is larger than %(most)s MB. Scan it in grey or at 200 dots an inch, and try again."),
    "COPY_KIND_NOT_TAKEN": _(
        "The file is no PDF, JPEG or PNG, whatever it is called. Scan the paper as a PDF, or take a photo of it."
    ),
    "COPY_DAMAGED": _(
        "The file cannot be read: it is damaged, or its picture is very large. Scan the paper again, and choose the new"
        " file."
    ),
    "COPY_LOCKED": _("The PDF is locked by a password or a restriction. Save it without one, and choose it again."),
    "COPY_ACTS": _(
        "The PDF holds a program, a form or another file, which a scanned paper does not. Scan the paper itself."
    ),
    "COPY_WITHOUT_PARTY": _("Say who has signed: at least one of the three."),
    "COPY_PARTY_UNKNOWN": _("Only the citizen, the company and the municipality sign a plan. Choose among them."),
    "COPY_NOT_ON_PAPER": _(
        "A file goes with a yes that was signed on paper. Choose “signed on paper”, or leave the file out."
    ),
    "COPY_FILED_ALREADY": _(
        "This very file is on version %(version)s already. If it carries several signatures, withdraw it and file it"
        " once with all who signed."
    ),
    "COPY_CANNOT_BE_OPENED": _(
        "The file cannot be opened: it was sealed with another key, or it was changed. Ask whoever runs the program."
    ),
    "COPY_WITHDRAWN_ALREADY": _("The signed copy has been withdrawn already. Look at the page of the plan again."),
    "COPY_WIPED_ALREADY": _("The file has been removed already. What stays is who removed it, when and why."),
    "SIGNED_BEFORE_PROPOSED": _(
        "Nobody can have signed on %(signed_on)s: these words were proposed on %(proposed_on)s. Correct the day, or"
        " file the copy on the version that was signed."
    ),
}
