"""What is said when a measure of progress, or a change of its questions, is refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PROGRESS: Mapping[str, Promise | str] = {
    "POINT_OUT_OF_RANGE": _("An answer is a point from %(least)s to %(most)s. Choose one of them, or leave it out."),
    "QUESTION_UNKNOWN": _("These questions do not ask about “%(question)s”. Open the page again and answer there."),
    "NOTHING_ANSWERED": _("No question was answered. Answer at least one; the others may be left out."),
    "CITIZEN_NOT_KNOWN_YET": _("The citizen has been known here since %(known_from)s. Choose that day or a later one."),
    "MEASURED_THAT_DAY_ALREADY": _(
        "The same party has answered on %(day)s already. Correct that measure, or choose another day."
    ),
    "QUESTIONNAIRE_NOT_IN_FORCE": _(
        "These questions were not the ones in force on %(day)s. Choose another day, or open the page again to get the"
        " questions of today."
    ),
    "MEASURE_CORRECTED_ALREADY": _("This measure has been corrected already. Correct the newest one instead."),
    "MEASURE_UNCHANGED": _("Nothing is changed: the day and the answers are the same. Change one of them, or cancel."),
    "QUESTIONS_MISSING": _("There is no question left. Write at least one in both languages."),
    "QUESTIONS_TOO_MANY": _("There are more than %(most)s questions. Take some away: it is to be done in two minutes."),
    "QUESTION_TWICE": _("“%(question)s” stands there twice. Take one of them away."),
    "QUESTIONNAIRE_UNCHANGED": _("Nothing is changed in the questions that hold on that day. Change them, or cancel."),
    "QUESTIONNAIRE_STARTS_IN_PAST": _(
        "The questions would begin on %(starts_on)s, which has passed; today is %(today)s. Choose today or a later day."
    ),
    "QUESTIONNAIRE_STARTS_ALREADY": _(
        "Other questions to the same party begin on %(day)s already. Choose another day."
    ),
}
