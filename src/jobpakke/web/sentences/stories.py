"""What is refused of case stories."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STORIES: Mapping[str, Promise | str] = {
    "STORY_PACKAGE_NOT_BEGUN": _("The package has not begun. There is a story to tell when its plan has taken effect."),
    "STORY_OF_PROTECTED": _(
        "The citizen's name and address are protected, or it is not known whether they are. Such a citizen has no case"
        " story."
    ),
    "STORY_NAME_IS_CITIZENS": _(
        "“%(name)s” is the citizen's own name. A story is told under a made-up name: choose another one."
    ),
    "STORY_TEXT_NAMES_CITIZEN": _(
        "The text holds the citizen's own name: “%(name)s”. Write the made-up name there, or turn the sentence another"
        " way."
    ),
    "STORY_HOLDS_NUMBER": _("Something in it looks like a CPR number. Take the number out."),
    "STORY_UNCHANGED": _("It says what the story says already. Change something, or go back."),
    "STORY_CHANGED_MEANWHILE": _(
        "Somebody else worded the story anew while you were writing. See what it says now, and save again if yours is"
        " right."
    ),
    "STORY_REPLACED": _("The story has been worded anew: wording %(number)s holds. Ask about that one."),
    "STORY_ASKED_ALREADY": _("The citizen was asked about these words on %(asked_on)s already."),
    "STORY_ASKED_BEFORE_WRITTEN": _(
        "The words were written on %(written_on)s; nobody can have asked about them on %(asked_on)s. Correct the day."
    ),
    "STORY_CONSENTED_ALREADY": _(
        "The citizen consented to these words on %(given_on)s already, and the consent stands."
    ),
    "STORY_CONSENT_TOO_EARLY": _(
        "A consent given on %(given_on)s is too early: the words were written, or the last consent to them was taken"
        " back, on %(earliest)s. Correct the day."
    ),
    "STORY_NOT_CONSENTED": _("No consent to these words stands; there is nothing to take back."),
    "STORY_WITHDRAWN_BEFORE_GIVEN": _(
        "The consent was given on %(given_on)s; it cannot have been taken back on %(withdrawn_on)s. Correct the day."
    ),
}
