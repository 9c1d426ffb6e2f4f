"""What the rulebook refuses. Each sentence ends with the source of the rule."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

RULES: Mapping[str, Promise | str] = {
    "STEP_TOO_LONG": _(
        "“%(step)s” may last until %(latest)s at the most. Shorten it; what goes on at the same workplace is counted"
        " together with it. (%(source)s)"
    ),
    "STEP_NEEDS_ASSESSMENT": _(
        "“%(step)s” lasts beyond %(latest)s: that takes a specific assessment, which you write as the reason."
        " (%(source)s)"
    ),
    "STEP_NEEDS_SPECIAL_NEED": _(
        "“%(step)s” lasts beyond %(latest)s: that takes a special need, for %(more)s weeks at a time. (%(source)s)"
    ),
    "PARTS_TOO_LONG": _(
        "“%(step)s” goes on with what the citizen has done at the same workplace since %(run_from)s: %(weeks_in_all)s"
        " weeks in one run, which may last until %(run_until)s at the most. Shorten it, or choose another workplace."
        " (%(source)s)"
    ),
    "PARTS_NEED_ASSESSMENT": _(
        "“%(step)s” goes on with what the citizen has done at the same workplace since %(run_from)s: %(weeks_in_all)s"
        " weeks in one run. Beyond %(run_until)s that takes a specific assessment, which you write as the reason."
        " (%(source)s)"
    ),
    "PARTS_NEED_SPECIAL_NEED": _(
        "“%(step)s” goes on with what the citizen has done at the same workplace since %(run_from)s: %(weeks_in_all)s"
        " weeks in one run. Beyond %(run_until)s that takes a special need, for %(more)s weeks at a time. (%(source)s)"
    ),
    "SUBSIDY_AFTER_ITS_END": _(
        "The subsidy for “%(step)s”, counted from %(run_from)s, ends on %(run_until)s at the latest. Let the step end"
        " then; what the citizen earns after that day is ordinary pay. (%(source)s)"
    ),
    "SUPPORT_RATIO_PASSED": _(
        "At the workplace of “%(step)s” there would be %(used)s supported people on %(day)s; %(allowed)s are allowed"
        " for its ordinary employees. Choose other days or another workplace. (%(source)s)"
    ),
    "EMPLOYEES_UNKNOWN": _(
        "How many ordinary employees there are where “%(step)s” takes place is not known, so the support ratio cannot"
        " be checked. Enter it on the company's page. (%(source)s)"
    ),
    "HOURS_OVER_WEEK": _(
        "“%(step)s” and what lies beside it make %(hours)s hours a week from %(day)s; %(most)s are allowed. Lower the"
        " hours, or move one of them. (%(source)s)"
    ),
    "HOURS_OVER_CITIZENS_LIMIT": _(
        "“%(step)s” and what lies beside it make %(hours)s hours a week from %(day)s; the citizen's own limit is"
        " %(most)s. Lower the hours, or move one of them."
    ),
    "TIMES_CLASH": _(
        "“%(step)s” and “%(other)s” claim the same hours on %(weekday)s from %(day)s. Give one of them another time."
    ),
    "TIMES_OUTSIDE_LIMIT": _(
        "“%(step)s” lies outside the part of the day that the citizen can work on %(weekday)s: %(first)s to %(last)s."
    ),
    "TIMES_NOT_WRITTEN": _(
        "The citizen works at certain times of the day only, and “%(step)s” has weekly hours but no times. Write the"
        " times, so that they can be checked. (%(source)s)"
    ),
    "UNDER_AGE": _("The citizen is not %(years)s years old when “%(step)s” begins. Choose a later day. (%(source)s)"),
    "PAST_PENSION_AGE": _("The citizen reaches pension age on %(since)s, before “%(step)s” begins. (%(source)s)"),
    "START_IN_PAST": _(
        "“%(step)s” is planned from %(planned)s, which has passed. Move it, or write why it is registered late."
        " (%(source)s)"
    ),
    "CONTACT_PERSON_MISSING": _(
        "The workplace of “%(step)s” has no contact person. Enter one on the company's page. (%(source)s)"
    ),
    "WORKPLACE_MISSING": _(
        "“%(step)s” takes place at work, but has no workplace yet. Choose one before the plan is proposed."
    ),
    "WORKPLACE_CLOSED": _(
        "The workplace of “%(step)s” is closed from %(closed_on)s. Choose another workplace, or let the step end"
        " before that day."
    ),
    "TIES_NOT_DECLARED": _(
        "It is not declared whether the citizen is close family of the owner or manager at the workplace of"
        " “%(step)s”. Declare it on the page of the plan. (%(source)s)"
    ),
    "TIES_DECLARED": _(
        "The citizen is close family of the owner or manager at the workplace of “%(step)s”. Choose another workplace,"
        " or write why this one is right all the same. (%(source)s)"
    ),
    "TIES_OF_ANOTHER_PLACE": _(
        "The plan has no supported step at that workplace any more. Look at the plan again and repeat."
    ),
    "SAME_PLACE_AGAIN": _(
        "The citizen has worked %(weeks)s weeks without pay at the workplace of “%(step)s” in the last %(years)s years;"
        " in all, %(most)s are thought to be enough. (%(source)s)"
    ),
    "WARNINGS_STAND": _("What only warns can be accepted with a reason, on the page of the plan."),
    "NO_SUCH_WARNING": _("The plan does not break that rule any more. Look at the page again."),
    "RULE_STOPS": _("That rule cannot be passed, not even with a reason. Change the plan."),
    "RULE_VALUES_WRONG": _("Give at least one number, as a name and a whole number, for: %(names)s."),
    "RULE_VALUE_OUT_OF_RANGE": _("%(name)s can be from %(least)s to %(most)s. Write another number."),
    "RULE_DATES_REVERSED": _("The rule would end (%(end)s) before it begins (%(start)s)."),
    "RULE_OVERRIDDEN_ALREADY": _(
        "Your municipality has a limit of its own for this on some of these days already. Choose other days."
    ),
    "RULE_ENDED_ALREADY": _("That limit has ended already. Look at the list of rules again."),
    "STARTED_LATE_WITHOUT_REASON": _(
        "%(started_on)s has passed; today is %(today)s. Choose why it is registered late, or start the step today."
    ),
    "ENDED_LATE_WITHOUT_REASON": _("%(ended_on)s has passed; today is %(today)s. Choose why it is registered late."),
}
