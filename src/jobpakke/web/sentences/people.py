"""What is refused about users, citizens and companies, and of the demonstration."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PEOPLE: Mapping[str, Promise | str] = {
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
    "ROLE_NOT_HELD": _("The user does not have that role in the municipality any more. Nothing was changed."),
    "ROLE_OF_ONESELF": _(
        "You cannot take your own role as administrator: then nobody might be left to give it back. Ask another"
        " administrator."
    ),
    "TEAM_ALREADY": _("That is how it is already. Nothing was changed; choose another team, or leave it."),
    "TEAM_SET_AHEAD": _("A change of team on a later day is recorded already. Choose that day or a later one."),
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
    "LIMIT_HOURS_OUT_OF_RANGE": _("Hours a week must be more than 0 and at most %(most)s."),
    "LIMIT_WINDOW_REVERSED": _("The part of the day would end before it begins. Write the earlier time first."),
    "FACT_ENDED_ALREADY": _("It has ended already (%(ended_on)s). Look at the page again."),
    "FACT_ENDS_BEFORE_IT_BEGAN": _("It would end (%(ended_on)s) before it began (%(starts_on)s). Choose a later day."),
    "CHANGED_MEANWHILE": _(
        "Somebody changed this while you were reading. See what it says now, and repeat if yours is right."
    ),
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
        "Somebody corrected this status while you were reading. See what it says now, and save again if yours is right."
    ),
    "STATUS_ENDED_ALREADY": _("The status ended on %(ended_on)s already. Correct it if the date is wrong."),
    # cases that change hands
    "NOBODY_CHOSEN": _("No case is chosen. Tick those that go to somebody else, or choose all of them."),
    "HAND_OVER_IN_PAST": _("%(day)s has passed; today is %(today)s. A case is handed over today or later."),
    "HAND_OVER_BEFORE_CASE_BEGAN": _(
        "One of the cases is only theirs from %(began)s. Choose that day or a later one, or leave the case out."
    ),
    "RECEIVER_HAS_CASE": _("%(name)s has the case already. Choose somebody else."),
    "HAND_OVER_SEEN_ALREADY": _(
        "The hand-over is marked as seen already, or its day has not come. Nothing was changed."
    ),
    "MOVED_NOWHERE": _("The citizen lives in that municipality already. Choose the one the citizen has moved to."),
    "TRANSFER_WAITS": _(
        "The case is offered to %(municipality)s already and waits for an answer there. If it went to the wrong place,"
        " ask them to send it back."
    ),
    "TRANSFER_ANSWERED": _("The offer has been answered already. Look at the list of received cases."),
    # companies
    "CVR_WRONG": _("The CVR number is not valid. It has eight digits, and its last digit checks the others."),
    "P_NUMBER_WRONG": _("The P number is not valid. A workplace's P number has ten digits."),
    "P_NUMBER_IS_CVR": _(
        "That is the CVR number of the company. A P number has ten digits and belongs to one workplace of the company;"
        " find it in the company's entry in the CVR register, under “Produktionsenheder”."
    ),
    "COMPANY_KNOWN_ALREADY": _("%(name)s is in your register with that CVR number. Use the one that is there."),
    "WORKPLACE_CHANGED_MEANWHILE": _(
        "Somebody else changed the workplace while you were reading. See what it says now, and save again if yours is"
        " right."
    ),
    "WORKPLACE_KNOWN_ALREADY": _("The company has a workplace with that P number already."),
    "WORKPLACE_CLOSED_ALREADY": _(
        "The workplace is closed from %(closed_on)s. If that is wrong, correct it on the company's page first."
    ),
    "WORKPLACE_NOT_CLOSED": _("The workplace is not closed. Look at the company's page again."),
    # demonstration and command line
    "DATABASE_NOT_EMPTY": _("The database holds data already; the demonstration is only loaded into an empty one."),
}
