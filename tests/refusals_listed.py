"""What agreements between three parties need to refuse, learned from what comparable systems ended up refusing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Listed:
    """One of them, and the code by which it is refused here. ``test``: the one that means just this, where it is not
    the code's own in tests/refusals.py."""

    area: str
    refused: str
    code: str
    test: str = ""


_HERE = "test_refusals.py::"
_AGREED = _HERE + "test_what_was_agreed_changes_by_no_other_verb_and_is_neither_deleted_nor_taken_back"
_OVER = _HERE + "test_nothing_changes_in_a_package_that_is_over"
_YES = _HERE + "test_a_yes_is_recorded_by_who_has_the_case_and_by_nobody_else"

LISTED = (
    Listed("plan", "proposing what is incomplete: no steps", "PLAN_WITHOUT_STEPS"),
    Listed("plan", "proposing what is incomplete: no workplace", "WORKPLACE_MISSING"),
    Listed("plan", "proposing what is incomplete: places left open", "PLACES_OPEN"),
    Listed("plan", "proposing what is incomplete: a change without a reason", "PLAN_WITHOUT_REASON"),
    Listed(
        "plan",
        "agreeing twice",
        "PLAN_AGREED_ALREADY",
        "packages/test_agree_plan.py::test_the_three_say_yes_the_municipality_last",
    ),
    Listed("plan", "changing an agreed plan outside a change verb", "PLAN_AGREED_ALREADY", _AGREED),
    Listed(
        "plan",
        "a change by somebody who read an older version",
        "CHANGED_MEANWHILE_BY_ANOTHER",
        "packages/test_lay_steps.py::test_who_read_an_older_text_changes_nothing",
    ),
    Listed("plan", "changing a cancelled plan", "PLAN_WITHDRAWN"),
    Listed("plan", "changing a finished package", "PACKAGE_NOT_OPEN", _OVER),
    Listed("plan", "promising in a finished package", "PACKAGE_NOT_RUNNING", _OVER),
    Listed("plan", "deleting what was agreed", "PLAN_AGREED_ALREADY", _AGREED),
    Listed("approval", "municipality before the other two", "MUNICIPALITY_APPROVES_LAST"),
    Listed("approval", "the same party twice", "PARTY_SAID_YES_ALREADY"),
    Listed("approval", "on behalf of somebody without a reason", "ON_BEHALF_REASON_MISSING"),
    Listed("approval", "on behalf of a party where it is not allowed", "ON_BEHALF_NOT_ALLOWED"),
    Listed("approval", "by a person of another municipality or of no party", "NOT_FOUND", _YES),
    Listed("approval", "by a colleague who does not have the case", "ROLE_LACKS_ACT", _YES),
    Listed("approval", "of a version that is no longer the newest", "PLAN_WITHDRAWN"),
    Listed("approval", "withdrawing after agreement", "PLAN_AGREED_ALREADY", _AGREED),
    Listed("dates", "start after end", "STEP_DATES_REVERSED"),
    Listed("dates", "planned start in the past", "START_IN_PAST"),
    Listed("dates", "start in the past without reason", "STARTED_LATE_WITHOUT_REASON"),
    Listed("dates", "end in the past without reason", "ENDED_LATE_WITHOUT_REASON"),
    Listed("dates", "end beyond the rulebook", "STEP_TOO_LONG"),
    Listed("dates", "end beyond the rulebook without an assessment", "STEP_NEEDS_ASSESSMENT"),
    Listed("dates", "end beyond the rulebook without a special need", "STEP_NEEDS_SPECIAL_NEED"),
    Listed("dates", "shortening past what already happened", "SHORTENED_PAST_THE_FACTS"),
    Listed("dates", "extending what has ended", "STEP_ENDED_STAYS"),
    Listed(
        "dates",
        "acting on what is not agreed",
        "STEP_NOT_IN_PLAN",
        "packages/test_agree_plan.py::test_a_step_that_is_only_drafted_is_not_acted_on",
    ),
    Listed(
        "dates",
        "a date outside the package",
        "PACKAGE_NOT_OPEN",
        "packages/test_climb.py::test_nothing_starts_before_agreement_after_the_end_or_ahead",
    ),
    Listed("dates", "an end of the package before its plan", "ENDED_BEFORE_ITS_PLAN"),
    Listed("people", "CPR number wrong", "CPR_WRONG"),
    Listed("people", "CPR number of a day that has not come", "CPR_NOT_BORN"),
    Listed("people", "under age", "UNDER_AGE"),
    Listed("people", "past pension age", "PAST_PENSION_AGE"),
    Listed("people", "mentor is the participant", "MENTOR_IS_PARTICIPANT"),
    Listed("people", "mentor without confidentiality", "MENTOR_UNCONFIRMED"),
    Listed(
        "people",
        "participant belongs to another municipality",
        "NOT_FOUND",
        _HERE + "test_no_package_for_a_participant_of_another_municipality",
    ),
    Listed(
        "people",
        "participant has a protected address and the actor no need",
        "NOT_FOUND",
        _HERE + "test_no_package_for_a_protected_participant_by_who_has_no_need",
    ),
    Listed("people", "an overlapping step: the same hours", "TIMES_CLASH"),
    Listed("people", "an overlapping package", "PACKAGE_OPEN_ALREADY"),
    Listed("people", "family ties not declared", "TIES_NOT_DECLARED"),
    Listed("workplace", "P number wrong", "P_NUMBER_WRONG"),
    Listed("workplace", "closed", "WORKPLACE_CLOSED"),
    Listed("workplace", "a legal unit instead of a workplace", "P_NUMBER_IS_CVR"),
    Listed("workplace", "support ratio passed", "SUPPORT_RATIO_PASSED"),
    Listed("workplace", "no contact person", "CONTACT_PERSON_MISSING"),
    Listed("workplace", "the same person there again beyond its limit", "SAME_PLACE_AGAIN"),
    Listed("workplace", "the same person there in parts beyond the length", "PARTS_TOO_LONG"),
    Listed("steps", "started before its gate: a step before it", "STEP_NOT_FULFILLED"),
    Listed("steps", "started before its gate: a sub-goal", "SUB_GOAL_NOT_MET"),
    Listed(
        "steps",
        "fulfilled with unmet sub-goals",
        "SUB_GOAL_NOT_MET",
        "followup/test_register_late.py::test_a_whole_life_with_its_true_days",
    ),
    Listed("steps", "a dependency that makes a circle", "STEPS_GO_IN_CIRCLE"),
    Listed("steps", "hours beyond the citizen's limit", "HOURS_OVER_CITIZENS_LIMIT"),
    Listed("steps", "hours beyond the full week, together", "HOURS_OVER_WEEK"),
    Listed("steps", "hours beyond the full week, of one step", "STEP_HOURS_OUT_OF_RANGE"),
    Listed("steps", "clash with another step", "TIMES_CLASH"),
    Listed("steps", "clash with a limit", "TIMES_OUTSIDE_LIMIT"),
    Listed("steps", "a subsidy after the subsidy's end", "SUBSIDY_AFTER_ITS_END"),
    Listed("evidence", "level outside the scale", "LEVEL_OUT_OF_SCALE"),
    Listed("evidence", "dated before the step", "EVIDENCE_BEFORE_STEP"),
    Listed(
        "evidence",
        "dated after today",
        "DATE_AHEAD",
        "packages/test_climb.py::test_evidence_comes_after_the_start_and_not_from_the_future",
    ),
    Listed("cards", "card by somebody not asked", "CARD_NOT_ASKED"),
    Listed("cards", "link used", "CARD_LINK_USED"),
    Listed("cards", "link expired", "CARD_LINK_EXPIRED"),
    Listed("cards", "link revoked", "CARD_LINK_REVOKED"),
    Listed(
        "case",
        "no access: seen as not found",
        "NOT_FOUND",
        "citizens/test_status.py::test_a_stranger_finds_no_case",
    ),
    Listed(
        "case",
        "role lacks the act",
        "ROLE_LACKS_ACT",
        "citizens/test_status.py::test_a_team_leader_sees_but_does_not_change",
    ),
    Listed("case", "offered to another municipality", "CASE_OFFERED_AWAY"),
    Listed("case", "offered already", "TRANSFER_WAITS"),
    Listed("case", "handed over to who has it", "RECEIVER_HAS_CASE"),
    Listed("case", "locked by retention", "PACKAGE_LOCKED"),
)
