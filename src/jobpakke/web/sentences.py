"""The sentence of every refusal code. A test holds that each code has one and that its arguments exist."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise | str] = {
    # access
    "NOT_FOUND": _("It was not found among what you may see. Go back and choose from the list."),
    "ROLE_LACKS_ACT": _("Your role does not open this. Ask your administrator if you need it."),
    "USERNAME_WRONG": _("A user name has letters from a to z, digits, hyphens and underscores only."),
    "USERNAME_TAKEN": _("The user name %(username)s is taken. Choose another one."),
    "PASSWORD_WEAK": _(
        "The password is too easy to guess. Use at least 12 characters, not only digits, not a common word and not"
        " the name."
    ),
    "ROLE_HELD_ALREADY": _("The user has that role in the municipality already. Nothing was changed."),
    # citizens
    "CPR_WRONG": _(
        "The CPR number is not valid. Write ten digits: day, month, year and four digits, for example 010203-0405."
        " A replacement number has 60 added to the day."
    ),
    "CPR_NOT_BORN": _("The CPR number gives a date of birth that lies ahead. Check the seventh digit."),
    "CITIZEN_KNOWN_ALREADY": _(
        "A citizen with this CPR number is registered already. Search for the name; if you cannot see the citizen,"
        " ask your team leader who has the case."
    ),
    "NAME_MISSING": _("Write both a given name and a family name."),
    "NOT_A_CASEWORKER": _("%(name)s is no job consultant in the citizen's municipality. Choose somebody who is."),
    "TARGET_GROUP_UNKNOWN": _("That group does not exist in the scheme. Choose one of: %(allowed)s."),
    "CHANGED_MEANWHILE": _("Somebody changed this while you were reading. Look at the page again and repeat."),
    "STATUS_DATES_REVERSED": _(
        "The status would end (%(end)s) before or on the day it begins (%(start)s). The end must be later."
    ),
    "STATUS_REASON_MISSING": _("The status “other” needs a reason. Choose one from the list."),
    "STATUS_REASON_NOT_ALLOWED": _("Only the status “other” has a reason. Leave the reason empty."),
    "STATUS_HOURS_OUT_OF_RANGE": _("Weekly hours must be more than 0 and at most %(most)s."),
    "STATUS_OVERLAPS": _(
        "The citizen has the status “%(status)s” on some of these days already. Correct or end the one that is there."
    ),
    "STATUS_CHANGED_MEANWHILE": _(
        "Somebody corrected this status while you were reading. See the new one on the citizen's page and repeat."
    ),
    "STATUS_ENDED_ALREADY": _("The status ended on %(ended_on)s already. Correct it if the date is wrong."),
    # companies
    "CVR_WRONG": _("The CVR number is not valid. It has eight digits, and its last digit checks the others."),
    "P_NUMBER_WRONG": _("The P number is not valid. A workplace's P number has ten digits."),
    "COMPANY_KNOWN_ALREADY": _("%(name)s is in your register with that CVR number. Use the one that is there."),
    "WORKPLACE_KNOWN_ALREADY": _("The company has a workplace with that P number already."),
    # the staircase
    "STEP_TWICE": _("The same step stands twice in the plan. Remove one of them."),
    "STEP_UNKNOWN": _("A step depends on one that is not in the plan. Choose one of the plan's own steps."),
    "STEPS_GO_IN_CIRCLE": _("The steps wait for each other in a circle. Remove one of the dependencies: %(steps)s."),
    "STEP_FACTS_CONTRADICT": _("The step's dates contradict each other: it cannot end before it starts."),
    "ALREADY_STARTED": _("The step started on %(started_on)s. It can be fulfilled or ended."),
    "ALREADY_ENDED": _("The step ended on %(ended_on)s. What has ended is not changed."),
    "STEP_WAIVED": _("The step was passed over by a dispensation on %(waived_on)s and cannot start."),
    "STEP_NOT_FULFILLED": _("“%(step)s” is not fulfilled. Fulfil it first, or give a dispensation with a reason."),
    "SUB_GOAL_NOT_MET": _("“%(sub_goal)s” is not met in “%(step)s”. Record the evidence when it is."),
    "NOT_UNDER_WAY": _("The step is not under way on that date (started: %(started_on)s). Choose a later date."),
    "WAIVED_ALREADY": _("A dispensation was given on %(waived_on)s already."),
    "NOTHING_TO_WAIVE": _("The step is fulfilled; there is nothing to give a dispensation from."),
    "EVIDENCE_BEFORE_STEP": _(
        "Evidence cannot be from before the step began (started: %(started_on)s). Start the step first or check the"
        " date."
    ),
    "EVIDENCE_OF_ANOTHER_SUB_GOAL": _("That evidence belongs to another sub-goal and cannot be replaced from here."),
    "EVIDENCE_REPLACED_ALREADY": _("That evidence has been corrected already. Correct the newest record instead."),
    # plan and package
    "PACKAGE_OPEN_ALREADY": _("The citizen has a package already. End it before a new one is drafted."),
    "PLAN_AGREED_ALREADY": _("The plan took effect on %(effective_on)s and is not changed any more."),
    "PLAN_WITHOUT_STEPS": _("The plan has no steps. Add at least one before anybody says yes."),
    "STEP_DATES_REVERSED": _("The step would end (%(end)s) before it starts (%(start)s). Choose a later end."),
    "STEP_NEEDS_WORKPLACE": _("A step of the kind “%(step_kind)s” takes place at a workplace. Choose one."),
    "STEP_HOURS_OUT_OF_RANGE": _("Weekly hours must be more than 0 and at most %(most)s."),
    "STEP_OF_ANOTHER_PACKAGE": _("A step can only depend on steps of the same package."),
    "EVIDENCE_KIND_NOT_ALLOWED": _("That kind of evidence does not fit the step. Choose one of: %(allowed)s."),
    "PARTY_SAID_YES_ALREADY": _("%(party)s has said yes to this version already."),
    "MUNICIPALITY_APPROVES_LAST": _("The municipality says yes last. Still missing: %(parties)s."),
    "ON_BEHALF_REASON_MISSING": _("Choose how %(party)s said yes."),
    "ON_BEHALF_NOT_ALLOWED": _("Nobody says yes on behalf of the municipality."),
    "PROGRAMME_KNOWN_ALREADY": _("There is a programme with the code %(programme)s already."),
    "PROGRAMME_DATES_REVERSED": _("The programme would end (%(end)s) before it starts (%(start)s)."),
    "PROGRAMME_WITHOUT_MUNICIPALITY": _("A programme needs at least one municipality."),
    "CHANGED_MEANWHILE_BY_ANOTHER": _(
        "Somebody else changed this while you were reading, and nothing of yours was saved. Look at the page again:"
        " it shows what the other wrote."
    ),
    "DATE_AHEAD": _("%(day)s lies ahead; today is %(today)s. Only what has happened is recorded."),
    "PACKAGE_NOT_OPEN": _(
        "The package is not in effect on %(at)s (in effect from: %(opened_on)s, ended: %(ended_on)s). Choose a date in"
        " which it is."
    ),
    "TEXT_NEEDED": _("Write a few words; the field cannot be empty."),
    "COMMITMENT_DUE_BEFORE_MADE": _("The promise would be due on %(due_on)s, before it was made (%(made_on)s)."),
    "COMMITMENT_SETTLED_ALREADY": _("It has been recorded already whether this promise was kept."),
    "COMMITMENT_SETTLED_BEFORE_MADE": _("The promise was made on %(made_on)s; it cannot be settled before that."),
    "MENTOR_IS_PARTICIPANT": _("The mentor and the citizen cannot be the same person. Choose a colleague."),
    "MENTOR_WITHOUT_CONFIDENTIALITY": _(
        "The mentor must confirm confidentiality before the first day (%(starts_on)s)."
    ),
    "MENTOR_DATES_REVERSED": _("The mentor would end (%(end)s) before beginning (%(start)s)."),
    "TEXT_TOO_LONG": _("The text has %(length)s characters; at most %(most)s fit. Shorten it."),
    "TEXT_NOT_PLAIN": _("The text holds signs that cannot be shown. Type it instead of pasting it."),
    "STEP_STILL_UNDER_WAY": _("%(steps)s steps are still under way on %(ended_on)s. Fulfil or end them first."),
    "AFTERCARE_TOO_LONG": _("Aftercare lasts five years at the most: until %(latest)s."),
    "AFTERCARE_DATES_REVERSED": _("Aftercare would end (%(end)s) before it starts (%(start)s)."),
    "AFTERCARE_BEFORE_END": _("Aftercare begins when the package has ended (ended: %(ended_on)s)."),
    "AFTERCARE_AGREED_ALREADY": _("Aftercare has been agreed for this package already."),
    # demonstration and command line
    "DATABASE_NOT_EMPTY": _("The database holds data already; the demonstration is only loaded into an empty one."),
}
