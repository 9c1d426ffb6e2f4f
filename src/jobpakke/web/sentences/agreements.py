"""What is refused of promises, of the parties' proposals, and of telling them."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AGREEMENTS: Mapping[str, Promise | str] = {
    # promises
    "COMMITMENT_WITHOUT_DAY": _("Write a day, or choose the step that must be fulfilled first; one of the two."),
    "COMMITMENT_DUE_BEFORE_MADE": _("The promise would be due on %(due_on)s, before it was made (%(made_on)s)."),
    "COMMITMENT_STEP_NOT_AGREED": _(
        "The step is not in the agreed plan yet. Wait until the plan is agreed, or write a day."
    ),
    "COMMITMENT_STEP_ENDED": _(
        "The step ended on %(ended_on)s without being fulfilled; nothing can depend on it any more. Choose another"
        " step, or write a day."
    ),
    "COMMITMENT_SETTLED_ALREADY": _("It has been recorded already whether this promise was kept."),
    "COMMITMENT_SETTLED_BEFORE_MADE": _("The promise was made on %(made_on)s; it cannot be settled before that."),
    "COMMITMENT_KEPT_BY_WHOM": _("The promise was kept: leave by whom and why it was broken empty."),
    "BROKEN_WITHOUT_REASON": _("Choose by whom the promise was broken, and why."),
    "COMMITMENT_WAITS": _(
        "The promise waits for its step and has no day to move yet. Give the step other days instead."
    ),
    "COMMITMENT_NOT_LATER": _("To move a promise is to a day after %(due_on)s. Choose a later day."),
    # proposals of the parties
    "PROPOSAL_BY_MUNICIPALITY": _(
        "The municipality proposes a change by changing the plan itself. Choose the citizen or the company."
    ),
    "PROPOSAL_WITHOUT_STEP": _("Choose the step that it concerns."),
    "PROPOSAL_STEP_NOT_IN_PLAN": _(
        "The step was not in the plan that held on that day. Choose one of the plan's steps, or another day."
    ),
    "PROPOSAL_STEP_ENDED": _(
        "The step ended on %(ended_on)s. What has ended is not changed; repeat it as a new step of the plan."
    ),
    "PROPOSAL_NOT_LATER": _(
        "The step is planned to end before %(ends_on)s already. A longer step has a last day on or after that day."
    ),
    "PROPOSAL_ENDS_IN_PAST": _("A longer step ends after the day of the proposal (%(made_on)s). Choose a later day."),
    "PROPOSAL_SAME_HOURS": _(
        "These are the hours that the plan has already. Write what should be different, or leave the proposal out."
    ),
    "PROPOSAL_STOP_BEFORE_START": _(
        "The step has not begun by that day (begun: %(started_on)s). Move it or take it out of the plan instead."
    ),
    "PROPOSAL_STOP_IN_PAST": _(
        "To stop is proposed for a day from %(made_on)s on. If it has stopped already, end the step on its day instead."
    ),
    "PROPOSAL_STOP_AFTER_END": _(
        "The step is planned to end before %(ends_on)s anyway. Choose an earlier day, or leave the proposal out."
    ),
    "PROPOSAL_ANSWERED_ALREADY": _(
        "The proposal was answered on %(answered_on)s already: %(answer)s. Nothing of yours was saved."
    ),
    "PROPOSAL_ANSWERED_BEFORE_MADE": _("The proposal was made on %(made_on)s; it cannot be answered before that."),
    "PROPOSAL_NEWER_STANDS": _(
        "The party has made a newer proposal of the same kind, on %(made_on)s. Answer that one."
    ),
    "PROPOSAL_REJECTED_WITHOUT_REASON": _("Write why the proposal is rejected. The party is told the reason."),
    "PROPOSAL_STEP_LEFT_DRAFT": _(
        "The draft of the plan that is open does not hold the step. Throw the draft away, or reject the proposal."
    ),
    "PLAN_ASKED_ABOUT": _(
        "A change of the plan has been proposed to the three parties since %(proposed_on)s, and its words stand still."
        " Record their answers first, or take the plan back; then accept."
    ),
    # telling
    "NOTHING_TO_TELL": _("Choose at least one change that has not been told yet. Look at the list again."),
}
