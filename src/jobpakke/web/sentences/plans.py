"""What is refused of plans, steps and packages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PLANS: Mapping[str, Promise | str] = {
    # the staircase
    "STEP_TWICE": _("The same step stands twice in the plan. Remove one of them."),
    "STEP_UNKNOWN": _("A step depends on one that is not in the plan. Choose one of the plan's own steps."),
    "STEP_NOT_IN_PLAN": _(
        "On %(day)s the step was not in the agreed plan. Have the plan agreed first, or choose a later day."
    ),
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
    "EVIDENCE_AFTER_PACKAGE": _(
        "The package ended on %(ended_on)s; what is shown later is no evidence in it any more. Check the date."
    ),
    "DEMAND_OF_ANOTHER_KIND": _(
        "A share is asked of attendance only, and a level of a competence card only. Empty the field, or choose that"
        " kind."
    ),
    "SHARE_OUT_OF_RANGE": _("Attendance is a number of percent, at most %(most)s."),
    "LEVEL_OUT_OF_SCALE": _("A level on the card is a whole number from %(least)s to %(most)s."),
    "SHOWN_NUMBER_MISSING": _("The sub-goal asks for at least %(least)s. Write the number that was shown."),
    "SHOWN_NUMBER_NOT_ASKED": _("That kind of evidence has no number. Empty the field."),
    "SHOWN_TOO_LITTLE": _(
        "%(shown)s was shown, and the sub-goal asks for at least %(least)s. Record it as not yet met."
    ),
    "EVIDENCE_OF_ANOTHER_SUB_GOAL": _("That evidence belongs to another sub-goal and cannot be replaced from here."),
    "EVIDENCE_REPLACED_ALREADY": _("That evidence has been corrected already. Correct the newest record instead."),
    # plan and package
    "PLACE_OF_ANOTHER_MUNICIPALITY": _("That workplace is not in your municipality's register. Choose one that is."),
    "PLAN_PROPOSED": _(
        "The plan was proposed on %(proposed_on)s and stands still while the parties answer. Take the proposal back to"
        " change it."
    ),
    "PLAN_WITHDRAWN": _("This proposal was taken back on %(withdrawn_on)s. Go on with the draft that came after it."),
    "PLAN_NOT_PROPOSED": _("The plan has not been proposed yet. Propose it first, so that all see the same words."),
    "PLAN_BEING_CHANGED": _("A change of the plan is open already. Go on with that one."),
    "PLAN_NEVER_AGREED": _("The plan has never been agreed; its draft can be changed as it is."),
    "PLAN_TOO_LONG": _("A plan has at most %(most)s steps. Put several small ones into one."),
    "PLAN_WITHOUT_REASON": _("Write why the plan changes. All read it before they answer."),
    "BEGUN_STEP_LEFT_OUT": _(
        "What has begun stays in the plan, and these steps are missing from this wording: %(steps)s. Take it back, and"
        " start again from the agreed plan."
    ),
    "PLACES_OPEN": _("These steps take place at work but say not where: %(steps)s. Choose a workplace for each."),
    "NOTHING_CHANGED": _(
        "Nothing in the draft differs from the agreed plan in a way that anybody must approve. Change something, or"
        " throw the draft away."
    ),
    "STEP_TIMES_TWICE": _("Two of the times lie on top of each other on the same day. Correct one of them."),
    "STEP_TIMES_PASS_HOURS": _(
        "The times make %(claimed)s hours a week, more than the %(hours)s of the step. Correct one of the two."
    ),
    "STEP_KIND_STAYS": _(
        "The kind of a step that has been agreed stays (%(step_kind)s). Remove the step and lay another one."
    ),
    "COMMITMENT_DAYS_PASSED": _(
        "The day of these promises has passed: %(texts)s. Take them out of the draft, or write them with a later day."
    ),
    "STEP_NEEDED": _("These steps come after it: %(by)s. Let them depend on another step first."),
    "SUB_GOAL_TWICE": _("The step has the sub-goal “%(title)s” already."),
    "SUB_GOAL_NOT_HERE": _("The sub-goal has left the step meanwhile. Look at the page again."),
    "STAIRCASE_NAME_TAKEN": _("Your municipality has a staircase called “%(name)s”. Choose another name."),
    "APPROVED_BEFORE_PROPOSED": _(
        "Nobody can have said yes on %(given_on)s: there was nothing to say yes to before %(proposed_on)s."
    ),
    # ready-made staircases
    "READY_STEP_NEEDED": _("These steps come after it: %(by)s. Let them depend on another step first."),
    "READY_STEP_NOT_THERE": _("The staircase has no such step any more. Look at the page again."),
    "READY_STEPS_TOO_MANY": _("A staircase has at most %(most)s steps. Put several small ones into one."),
    "READY_STEP_BEFORE_ITS_NEEDS": _(
        "“%(step)s” would come before a step that must be fulfilled first. Change what it depends on, then move it."
    ),
    "READY_STEP_WEEKS": _("“%(step)s” must last at least one week and at most %(most)s."),
    "READY_STEP_HOURS": _("“%(step)s” must have more than 0 and at most %(most)s hours a week, or none."),
    "READY_STEP_EVIDENCE": _(
        "The kind of step of “%(step)s” does not take that evidence. Choose another for the sub-goal."
    ),
    "READY_SUB_GOAL_TWICE": _("“%(step)s” has the same sub-goal twice. Remove one of them."),
    # corrections
    "NOT_BEGUN": _("The step is not recorded as begun; there is nothing to correct. Look at the page again."),
    "NOT_OVER": _("The step is not recorded as over; there is nothing to correct. Look at the page again."),
    "NOTHING_TO_CORRECT": _("%(day)s is what is recorded already. Choose the right day."),
    "START_AFTER_END": _("The step was over on %(ended_on)s and cannot have begun later. Correct that day first."),
    "START_AFTER_EVIDENCE": _(
        "Evidence in the step is from %(shown_on)s, so it cannot have begun later. Correct the evidence first."
    ),
    "END_BEFORE_START": _("The step began on %(started_on)s and cannot have been over before. Correct that day first."),
    "END_STANDS_FIRST": _(
        "The step is recorded as over from %(ended_on)s. Say first that it was not over; then that it never began."
    ),
    "EVIDENCE_STANDS_FIRST": _(
        "Evidence meets a sub-goal of the step. Correct it to “not yet” first, if the step never began."
    ),
    "FULFILMENT_STANDS_FIRST": _(
        "The step was fulfilled as of %(ended_on)s with that evidence. Say first, under “Correct”, that it is not"
        " fulfilled; then correct the evidence."
    ),
    "FOLLOWER_STANDS_FIRST": _(
        "“%(step)s” began on %(started_on)s because this step was fulfilled. Correct or undo its start first, or give a"
        " dispensation."
    ),
    "PACKAGE_OVER_FIRST": _(
        "The package ended on %(ended_on)s, and no step outlives it. Say first, on the citizen's page, that it did not"
        " end."
    ),
    "PACKAGE_NOT_OVER": _("The package is not recorded as ended. Look at the page again."),
    "PACKAGE_OPEN_SINCE": _(
        "The citizen has got another package since, and only one is open at a time. This one stays ended."
    ),
    "AFTERCARE_USED_SINCE": _(
        "A conversation tells of the aftercare that came with this end. The end stays; correct the job instead, at the"
        " top of the staircase."
    ),
    "AFTERCARE_EXTENDED_SINCE": _(
        "The aftercare that came with this end was extended, and the reason stays. The end stays; correct the job"
        " instead, at the top of the staircase."
    ),
    "CASE_MOVED_WITH_IT": _(
        "The case was offered to another municipality with this end (%(moved_on)s). It must be sent back first."
    ),
    "PAPER_WITHOUT_REASON": _(
        "The plan lay on paper on %(paper_on)s, and today is %(today)s. Choose why it is registered late."
    ),
    "PAPER_BEFORE_AGREED": _(
        "On %(paper_on)s the plan before this one was not agreed yet; it took effect on %(effective_on)s. Choose that"
        " day or a later one."
    ),
    "PAPER_IN_PACKAGE_BEFORE": _(
        "On %(paper_on)s the citizen had another package, which ended on %(ended_on)s. Choose that day or a later one."
    ),
    "STEP_ENDED_STAYS": _("The step ended on %(ended_on)s. What has ended is not changed; repeat it as a new step."),
    "STEP_BEGUN_STAYS": _(
        "The step began on %(started_on)s: it stays in the plan, with its first day. It can be extended, shortened or"
        " ended."
    ),
    "STEP_BEGUN_STAYS_ON_ITS_NEEDS": _(
        "“%(step)s” began on %(started_on)s and cannot come after “%(other)s”, which is not fulfilled. Take the"
        " dependency out, or fulfil “%(other)s” or give a dispensation first."
    ),
    "SHORTENED_PAST_THE_FACTS": _(
        "The last day cannot lie before %(earliest)s: that has happened already. End the step instead if it stops now."
    ),
    "NOT_LATER": _("To extend is to end later than %(ends_on)s. Choose a later day."),
    "NOT_EARLIER": _("To shorten is to end earlier than %(ends_on)s. Choose an earlier day."),
    "CASE_OFFERED_AWAY": _(
        "The case is offered to another municipality, which will begin the next package. Wait for its answer; if the"
        " case comes back, begin the package here."
    ),
    "PACKAGE_OPEN_ALREADY": _("The citizen has a package already. End it before a new one is drafted."),
    "PLAN_AGREED_ALREADY": _("The plan took effect on %(effective_on)s and is not changed any more."),
    "PLAN_WITHOUT_STEPS": _("The plan has no steps. Add at least one before anybody says yes."),
    "STEP_DATES_REVERSED": _("The step would end (%(end)s) before it starts (%(start)s). Choose a later end."),
    "STEP_HOURS_OUT_OF_RANGE": _("Weekly hours must be more than 0 and at most %(most)s."),
    "STEP_OF_ANOTHER_PACKAGE": _("A step can only depend on steps of the same package."),
    "EVIDENCE_KIND_NOT_ALLOWED": _("That kind of evidence does not fit the step. Choose one of: %(allowed)s."),
    "PARTY_SAID_YES_ALREADY": _("%(party)s has said yes to this version already."),
    "MUNICIPALITY_APPROVES_LAST": _("The municipality says yes last. Still missing: %(parties)s."),
    "COMPANY_NOT_NAMED": _("The plan concerns several companies. Say which one it is: %(companies)s."),
    "COMPANY_NOT_IN_PLAN": _(
        "%(company)s is not asked about this plan, which has no step there that still goes on or is to come. Asked are:"
        " %(companies)s."
    ),
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
    "PACKAGE_LOCKED": _(
        "The package was over so long ago that it has been locked since %(since)s: it can be read, but nothing in it"
        " changes any more. If the citizen is to go on, begin a new package. A note can still be written in the"
        " journal."
    ),
    "PACKAGE_NOT_RUNNING": _(
        "Only an agreed package that has not ended can be changed (in effect from: %(opened_on)s, ended:"
        " %(ended_on)s). Draft a new one instead."
    ),
    "TEXT_NEEDED": _("Write a few words; the field cannot be empty."),
    "MENTOR_IS_PARTICIPANT": _("The mentor and the citizen cannot be the same person. Choose a colleague."),
    "MENTOR_WITHOUT_CONFIDENTIALITY": _(
        "The mentor must confirm confidentiality before the first day (%(starts_on)s)."
    ),
    "MENTOR_OUTSIDE_STEP": _(
        "A mentor is there while the step lasts: from %(first)s, at the latest until %(last)s. Choose days within it."
    ),
    "MENTOR_TWICE": _(
        "The same person is mentor of the step already, from %(starts_on)s. End that first, or choose other days."
    ),
    "MENTOR_LATE_WITHOUT_REASON": _(
        "The first day %(starts_on)s lies in the past (today is %(today)s). Choose why it is recorded late, or a later"
        " day."
    ),
    "MENTOR_STEP_ENDED": _("The step ended on %(ended_on)s; it cannot get a mentor any more."),
    "MENTOR_ENDED_ALREADY": _("The mentor stops already on %(ended_on)s. Choose an earlier day, or name a new mentor."),
    "MENTOR_CONFIRMED_ALREADY": _("It is recorded already: confidentiality was confirmed on %(confirmed_on)s."),
    "MENTOR_AGREED_STAYS": _(
        "The step is part of an agreed plan, so the mentor is not removed without trace. End or replace the mentor."
    ),
    "MENTOR_NOBODY": _("Choose a colleague, or write the name of somebody else and which party they belong to."),
    "MENTOR_UNCONFIRMED": _(
        "The step has a mentor who has not confirmed confidentiality (%(mentors)s in all). Record the confirmation"
        " under “Mentor”, or take the mentor out; then the step can begin."
    ),
    "MENTOR_DATES_REVERSED": _("The mentor would end (%(end)s) before beginning (%(start)s)."),
    "TEXT_TOO_LONG": _("The text has %(length)s characters; at most %(most)s fit. Shorten it."),
    "TEXT_NOT_PLAIN": _("The text holds signs that cannot be shown. Type it instead of pasting it."),
    "STEP_STILL_UNDER_WAY": _("%(steps)s steps are still under way on %(ended_on)s. Fulfil or end them first."),
    "ENDED_BEFORE_ITS_PLAN": _(
        "The package cannot be over on %(ended_on)s: its newest plan took effect on %(effective_on)s. Choose that day"
        " or a later one."
    ),
    "ENDED_BEFORE_ITS_WAIVER": _(
        "The package cannot be over on %(ended_on)s: a dispensation was given in it on %(given_on)s. Choose that day or"
        " a later one, or take the dispensation back first."
    ),
    "ENDED_BEFORE_ITS_PROMISE": _(
        "The package cannot be over on %(ended_on)s: a promise was made in it on %(made_on)s and stands open. Say first"
        " whether it was kept or broken, or choose that day or a later one."
    ),
    "AFTERCARE_TOO_LONG": _(
        "Counted from the job's first day, aftercare lasts until %(latest)s at the most. Choose an earlier day."
    ),
    "AFTERCARE_DATES_REVERSED": _("Aftercare would end (%(end)s) before it starts (%(start)s)."),
    "AFTERCARE_BEFORE_END": _("Aftercare begins when the package has ended (ended: %(ended_on)s)."),
    "AFTERCARE_WITHOUT_JOB": _("Aftercare follows a job. Leave it empty, or choose a job as the outcome."),
    "AFTERCARE_NOT_LATER": _("The aftercare ends on %(ends_on)s already. Choose a later day."),
    "AFTERCARE_OVER": _(
        "The aftercare ended on %(ended_on)s. Take it up again instead: it becomes an agreement of its own."
    ),
    "AFTERCARE_NOT_RUNNING": _("The aftercare runs from %(starts_on)s until %(ends_on)s. Choose a day in it."),
    "AFTERCARE_INTERVAL_OUT_OF_RANGE": _(
        "Check-ins every %(weeks)s weeks cannot be agreed. Choose between 1 and %(most)s weeks."
    ),
    "OUTCOME_WITHOUT_JOB": _("Write what the job is. It stands at the top of the citizen's staircase."),
    "JOB_BEFORE_PACKAGE_ENDS": _(
        "The job would begin on %(starts_on)s, before the package ends on %(ended_on)s. End the package on the day the"
        " job begins, or earlier."
    ),
    "JOB_AT_TWO_PLACES": _("Choose a workplace of your register, or write another employer; not both."),
    "OTHER_WITHOUT_REASON": _("The outcome “other reason” takes a reason from the list, and only that outcome does."),
    "AFTERCARE_AGREED_ALREADY": _(
        "Aftercare has been agreed until %(until)s already. Extend it while it runs, or take it up again from the day"
        " it ends."
    ),
}
