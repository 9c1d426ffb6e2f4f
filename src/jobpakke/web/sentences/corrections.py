"""What is refused when something is said to have been recorded by mistake."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CORRECTIONS: Mapping[str, Promise | str] = {
    # the job
    "NO_JOB_TO_CORRECT": _("No job is recorded of this package any more. Look at the citizen's page again."),
    "JOB_AS_RECORDED": _("This is what is recorded already. Change what is wrong, or leave the page."),
    "OUTCOME_IS_NO_JOB": _(
        "That form is no job. If the package led to no job, say first, on the citizen's page, that it did not end as"
        " recorded."
    ),
    "JOB_AFTER_AFTERCARE": _(
        "The aftercare that began with the job ended on %(ends_on)s, and the job cannot begin later than that. Correct"
        " the end of the aftercare first, or choose an earlier day."
    ),
    "JOB_AFTER_AFTERCARE_USED": _(
        "On %(held_on)s the aftercare of the job was used, so the job had begun. Choose that day or an earlier one, or"
        " correct the note in the journal first."
    ),
    # promises, dispensations, yeses, mentors, aftercare
    "COMMITMENT_NOT_SETTLED": _("The promise stands open; there is nothing to correct. Look at the page again."),
    "NOT_WAIVED": _("The dispensation has been taken back already. Look at the citizen's page again."),
    "FOLLOWER_STANDS_ON_WAIVER": _(
        "“%(step)s” began on %(started_on)s because of this dispensation. Correct or undo its start first, under"
        " “Correct” at the step."
    ),
    "FULFILMENT_STANDS_ON_WAIVER": _(
        "The step was fulfilled as of %(ended_on)s without all of its sub-goals, because of this dispensation. Say"
        " first, under “Correct” at the step, that it is not fulfilled."
    ),
    "MENTOR_NOT_CONFIRMED": _("No confirmation is recorded; there is nothing to correct. Look at the page again."),
    "MENTOR_STEP_BEGUN": _(
        "The step began on %(started_on)s because confidentiality was confirmed. Say first, under “Correct” at the"
        " step, that it has not begun; or replace the mentor."
    ),
    "AFTERCARE_NOT_ENDED": _("The aftercare is not recorded as ended. Look at the page again."),
    "AFTERCARE_RESUMED_SINCE": _(
        "Aftercare was taken up again from %(starts_on)s as an agreement of its own, so the end of this one stays."
    ),
}
