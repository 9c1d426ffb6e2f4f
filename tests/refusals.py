"""Which test provokes each refusal of the program; tests/conftest.py sees to it while the test runs."""

from __future__ import annotations

from collections.abc import Mapping

from tests.refusals_listed import LISTED

PROVOKED: Mapping[str, Mapping[str, str]] = {
    "access/test_roles.py": {
        "test_a_role_is_held_once": "ROLE_HELD_ALREADY",
        "test_a_role_that_is_not_held_cannot_end": "ROLE_NOT_HELD",
        "test_a_user_has_a_name_of_their_own_that_can_be_typed_and_a_password_that_is_not_guessed": (
            "PASSWORD_WEAK USERNAME_TAKEN USERNAME_WRONG"
        ),
        "test_an_administrator_cannot_take_the_role_from_themselves": "ROLE_OF_ONESELF",
        "test_another_municipality_is_out_of_reach": "NOT_FOUND ROLE_LACKS_ACT",
    },
    "access/test_teams.py": {
        "test_what_is_so_already_and_who_is_not_here_are_refused": "TEAM_ALREADY TEAM_SET_AHEAD",
    },
    "citizens/test_cpr.py": {
        "test_not_born": "CPR_NOT_BORN",
        "test_wrong": "CPR_WRONG",
    },
    "citizens/test_facts.py": {
        "test_a_fact_ends_and_the_row_that_was_known_stays": "FACT_ENDED_ALREADY FACT_ENDS_BEFORE_IT_BEGAN",
        "test_a_limit_that_is_refused": "LIMIT_HOURS_OUT_OF_RANGE LIMIT_WINDOW_REVERSED",
    },
    "citizens/test_hand_over.py": {
        "test_the_receiver_must_be_one_on_that_day": "NOT_A_CASEWORKER",
        "test_two_who_hand_the_same_case_over_at_once": "CHANGED_MEANWHILE",
        "test_what_is_refused_changes_nothing": (
            "HAND_OVER_BEFORE_CASE_BEGAN HAND_OVER_IN_PAST NOBODY_CHOSEN RECEIVER_HAS_CASE"
        ),
        "test_what_was_received_is_told_for_fourteen_days_or_until_seen": "HAND_OVER_SEEN_ALREADY",
    },
    "citizens/test_register.py": {
        "test_a_new_target_group_ends_the_one_before": "TARGET_GROUP_UNKNOWN",
        "test_facts_about_a_citizen_each_leave_one_event": "TEXT_NEEDED",
        "test_names_and_roles_are_needed": "NAME_MISSING",
        "test_registering_twice_is_refused_whoever_tries": "CITIZEN_KNOWN_ALREADY",
    },
    "citizens/test_status.py": {
        "test_a_correction_leaves_what_was_known_before": "STATUS_CHANGED_MEANWHILE STATUS_ENDED_ALREADY",
        "test_refused": "STATUS_DATES_REVERSED STATUS_REASON_MISSING STATUS_REASON_NOT_ALLOWED",
        "test_the_same_status_does_not_overlap_but_another_may": "STATUS_OVERLAPS",
    },
    "companies/test_register.py": {
        "test_a_company_is_once_in_a_register": "COMPANY_KNOWN_ALREADY",
        "test_a_cvr_number_is_no_p_number": "P_NUMBER_IS_CVR",
        "test_a_workplace_changes_and_who_read_the_older_one_is_told": "WORKPLACE_CHANGED_MEANWHILE",
        "test_a_workplace_closes_and_has_not_closed_after_all": "WORKPLACE_CLOSED_ALREADY WORKPLACE_NOT_CLOSED",
        "test_a_workplace_is_once_in_a_company": "WORKPLACE_KNOWN_ALREADY",
        "test_what_is_no_cvr_number": "CVR_WRONG",
        "test_what_is_no_p_number": "P_NUMBER_WRONG",
    },
    "demo/test_vip2.py": {
        "test_it_is_loaded_into_an_empty_database_only": "DATABASE_NOT_EMPTY",
    },
    "followup/test_correcting.py": {
        "test_a_first_day_is_corrected_where_it_could_have_been": (
            "NOTHING_TO_CORRECT START_AFTER_END START_AFTER_EVIDENCE"
        ),
        "test_a_last_day_is_corrected_where_what_came_after_still_holds": "END_BEFORE_START",
        "test_a_step_does_not_outlive_its_package": "PACKAGE_OVER_FIRST",
        "test_an_end_by_which_the_case_was_offered_stays_until_it_is_sent_back": "CASE_MOVED_WITH_IT",
        "test_an_end_on_which_something_stands_stays": "AFTERCARE_USED_SINCE PACKAGE_OPEN_SINCE",
        "test_an_end_that_was_wrong_goes_with_all_that_came_of_it": "PACKAGE_NOT_OVER",
        "test_an_end_whose_aftercare_was_extended_stays": "AFTERCARE_EXTENDED_SINCE",
    },
    "followup/test_freeze.py": {
        "test_a_changed_row_is_noticed": "FOLLOW_UP_ALTERED",
        "test_what_is_refused": "CUT_OFF_AHEAD",
    },
    "followup/test_import_counts.py": {
        "test_what_is_refused_changes_nothing": "COUNTS_KNOWN_ALREADY",
        "test_who_comes_second_is_told_so": "COUNTS_CHANGED_MEANWHILE",
    },
    "followup/test_read_counts.py": {
        "test_a_file_is_refused": (
            "COUNTS_BENEFIT_NAMED_TWICE COUNTS_COLUMNS_UNNAMED COUNTS_EMPTY COUNTS_LAYOUT_UNKNOWN COUNTS_SPLIT "
            "COUNTS_TORN COUNTS_WITHOUT_AREA COUNTS_WITHOUT_BENEFIT"
        ),
        "test_every_wrong_row_is_told_by_row_and_column": "COUNTS_ROWS_WRONG",
        "test_the_reader_agrees_with_a_naive_one": "COUNTS_ALL_MISSING COUNTS_OF_OTHER_PLACES",
        "test_too_much_is_refused_quickly": "COUNTS_TOO_LARGE COUNTS_TOO_MANY",
        "test_what_is_no_text_is_refused": "COUNTS_NOT_TEXT",
    },
    "followup/test_register_late.py": {
        "test_a_change_on_paper_comes_after_what_it_changes": "PAPER_BEFORE_AGREED",
        "test_a_package_on_paper_comes_after_the_one_before": "PAPER_IN_PACKAGE_BEFORE",
        "test_a_whole_life_with_its_true_days": (
            "APPROVED_BEFORE_PROPOSED ENDED_LATE_WITHOUT_REASON MUNICIPALITY_APPROVES_LAST"
        ),
        "test_the_paper_has_a_day_that_can_be_and_a_reason": "PAPER_WITHOUT_REASON",
        "test_the_rules_are_those_of_the_day_of_the_paper": "START_IN_PAST",
    },
    "lib/test_texts.py": {
        "test_what_is_taken_fits_and_can_be_shown": "TEXT_NOT_PLAIN",
    },
    "method/test_corrections.py": {
        "test_a_first_day_before_the_gate_or_the_plan": "STEP_NOT_FULFILLED SUB_GOAL_NOT_MET",
        "test_what_never_was": "END_STANDS_FIRST EVIDENCE_STANDS_FIRST NOT_BEGUN NOT_OVER",
    },
    "method/test_ladder.py": {
        "test_a_step_that_the_plan_of_the_day_does_not_have_is_refused": "STEP_NOT_IN_PLAN",
        "test_three_steps_climbed": "NOTHING_TO_WAIVE",
        "test_what_is_no_staircase_is_refused": "STEP_FACTS_CONTRADICT STEP_TWICE STEP_UNKNOWN",
        "test_whoever_has_begun_ended_or_been_waived_does_not_start": "STEP_WAIVED",
    },
    "method/test_lengths.py": {
        "test_a_subsidy_after_the_subsidys_end_is_told_as_such": "SUBSIDY_AFTER_ITS_END",
        "test_four_times_thirteen_weeks_are_told_whoever_laid_them": "PARTS_NEED_SPECIAL_NEED",
        "test_near_the_labour_market_parts_stop_as_one_step_would": "PARTS_TOO_LONG",
        "test_of_a_work_trial_before_2020_no_length_is_known": "STEP_NEEDS_SPECIAL_NEED",
    },
    "method/test_proposals.py": {
        "test_every_reason_against_it_is_found": (
            "PROPOSAL_BY_MUNICIPALITY PROPOSAL_NOT_LATER PROPOSAL_SAME_HOURS PROPOSAL_STEP_NOT_IN_PLAN "
            "PROPOSAL_STOP_IN_PAST PROPOSAL_WITHOUT_STEP"
        ),
    },
    "method/test_rules.py": {
        "test_a_length_comes_from_its_entry": "STEP_TOO_LONG",
        "test_a_step_begins_and_ends_before_its_workplace_closes": "WORKPLACE_CLOSED",
        "test_family_ties_are_declared_where_somebody_is_supported": "TIES_DECLARED TIES_NOT_DECLARED",
        "test_hours_without_times_are_told_to_who_works_at_certain_times": "TIMES_NOT_WRITTEN",
        "test_pension_age_goes_by_the_day_of_birth_and_warns": "PAST_PENSION_AGE",
        "test_the_support_ratio_needs_to_know_the_workplace_and_counts_supported_kinds_only": "EMPLOYEES_UNKNOWN",
        "test_two_steps_do_not_claim_the_same_hours": "TIMES_CLASH",
        "test_what_takes_place_at_work_says_where_while_it_is_built": "WORKPLACE_MISSING",
    },
    "method/test_stories.py": {
        "test_a_name_to_be_told_under_is_refused_in_any_case": (
            "STORY_HOLDS_NUMBER STORY_NAME_IS_CITIZENS STORY_TEXT_NAMES_CITIZEN"
        ),
        "test_a_package_that_has_not_begun_and_a_protected_citizen_have_no_story": "STORY_OF_PROTECTED",
        "test_what_follows_upon_what": (
            "STORY_ASKED_ALREADY STORY_ASKED_BEFORE_WRITTEN STORY_CONSENTED_ALREADY STORY_CONSENT_TOO_EARLY"
        ),
    },
    "network/test_verbs.py": {
        "test_what_is_refused_changes_nothing": (
            "AMBASSADOR_ALREADY AMBASSADOR_NOT_ANY_MORE EMAIL_WRONG JOINED_BEFORE_LEAVING LEFT_BEFORE_JOINING "
            "MUNICIPALITY_UNKNOWN NEWSLETTER_KNOWN_ALREADY NUMBER_OUT_OF_RANGE RUN_BEFORE_ANNOUNCED RUN_CALLED_OFF "
            "RUN_FULL RUN_OUT_OF_TIME SEAT_HELD_ALREADY SEAT_NOT_HELD WORKS_AT_TWO WORKS_NOWHERE"
        ),
    },
    "packages/test_aftercare.py": {
        "test_it_is_taken_up_again_within_five_years_of_the_job": "AFTERCARE_AGREED_ALREADY",
        "test_the_limit_counts_from_the_jobs_first_day": "AFTERCARE_TOO_LONG",
        "test_two_at_once_and_what_has_ended_is_not_extended": "AFTERCARE_OVER",
        "test_what_is_refused_of_an_extension": "AFTERCARE_NOT_LATER",
    },
    "packages/test_agree_plan.py": {
        "test_a_change_changes_something_that_binds": "NOTHING_CHANGED",
        "test_a_draft_that_is_thrown_away_leaves_what_was_agreed": "PLAN_AGREED_ALREADY",
        "test_a_proposal_taken_back_keeps_its_answers_and_the_new_one_has_none": "PLAN_WITHDRAWN",
        "test_a_step_that_began_meanwhile_is_not_left_out": "BEGUN_STEP_LEFT_OUT",
        "test_nothing_is_proposed_without_steps": "PLAN_WITHOUT_STEPS",
        "test_one_package_at_a_time": "PACKAGE_OPEN_ALREADY",
        "test_only_what_was_agreed_and_runs_is_reopened": "PLAN_NEVER_AGREED",
        "test_the_agreed_plan_holds_until_the_next_is_agreed_by_all_three": "PLAN_BEING_CHANGED PLAN_WITHOUT_REASON",
        "test_the_three_say_yes_the_municipality_last": (
            "ON_BEHALF_NOT_ALLOWED ON_BEHALF_REASON_MISSING PARTY_SAID_YES_ALREADY"
        ),
        "test_who_read_an_older_draft_proposes_nothing": "CHANGED_MEANWHILE_BY_ANOTHER",
    },
    "packages/test_around_the_plan.py": {
        "test_a_package_ends_no_sooner_than_its_newest_plan_took_effect": "ENDED_BEFORE_ITS_PLAN",
        "test_a_package_ends_no_sooner_than_what_was_given_in_it": "ENDED_BEFORE_ITS_PROMISE ENDED_BEFORE_ITS_WAIVER",
        "test_a_package_ends_when_its_steps_have": "PACKAGE_NOT_OPEN",
        "test_aftercare_up_to_five_years": "AFTERCARE_BEFORE_END AFTERCARE_DATES_REVERSED",
        "test_programmes": "PROGRAMME_DATES_REVERSED PROGRAMME_KNOWN_ALREADY PROGRAMME_WITHOUT_MUNICIPALITY",
    },
    "packages/test_begun_needs.py": {
        "test_it_is_refused_when_the_step_has_begun_since_it_was_proposed": "STEP_BEGUN_STAYS_ON_ITS_NEEDS",
    },
    "packages/test_cards_around.py": {
        "test_what_came_in_by_mistake_is_set_aside": "CARD_SET_ASIDE_ALREADY",
        "test_what_is_sent_is_what_was_looked_through": "CARD_ANSWERS_CHANGED",
        "test_where_nobody_is_named_nobody_is_asked": "CARD_NOBODY_THERE",
    },
    "packages/test_cards.py": {
        "test_a_card_that_is_taken_back_opens_to_nobody_and_can_be_asked_for_again": (
            "CARD_LINK_REVOKED CARD_REVOKED_ALREADY"
        ),
        "test_a_link_runs_out_and_is_renewed_with_what_was_answered": "CARD_LINK_EXPIRED CARD_LINK_REPLACED",
        "test_levels_and_questions_are_those_of_the_card": "CARD_QUESTION_UNKNOWN",
        "test_not_where_there_is_no_workplace": "CARD_WITHOUT_WORKPLACE",
        "test_nothing_is_taken_in_before_it_is_handed_in": "CARD_NOT_HANDED_IN",
        "test_only_in_a_step_under_way_at_a_workplace": "CARD_STEP_NOT_UNDER_WAY",
        "test_what_has_been_handed_in_stands": "CARD_HANDED_IN_ALREADY CARD_TAKEN_IN_ALREADY",
        "test_what_is_handed_in_says_something": "CARD_EMPTY CARD_GOAL_UNANSWERED CARD_REMARK_HOLDS_NUMBER",
        "test_who_is_asked_is_somebody_there_once_at_a_time": "CARD_PERSON_NOT_THERE CARD_WAITS_ALREADY",
        "test_who_was_not_asked_answers_nothing": "CARD_NOT_ASKED",
        "test_a_link_is_used_once": "CARD_LINK_USED",
    },
    "packages/test_case_story.py": {
        "test_a_consent_is_taken_back_on_a_day_of_its_own": "STORY_WITHDRAWN_BEFORE_GIVEN",
        "test_a_consent_taken_back_leaves_every_note_made_from_that_day": "STORY_NOT_CONSENTED",
        "test_a_draft_package_has_no_story": "STORY_PACKAGE_NOT_BEGUN",
        "test_a_locked_package_gets_no_story_and_a_consent_to_one_can_still_be_taken_back": "PACKAGE_LOCKED",
        "test_new_words_need_a_consent_of_their_own": "STORY_CHANGED_MEANWHILE STORY_REPLACED STORY_UNCHANGED",
    },
    "packages/test_climb.py": {
        "test_a_step_starts_once_and_ends_once": "ALREADY_ENDED ALREADY_STARTED",
        "test_a_waiver_opens_the_gate_and_takes_a_reason": "WAIVED_ALREADY",
        "test_evidence_comes_after_the_start_and_not_from_the_future": "EVIDENCE_BEFORE_STEP",
        "test_evidence_that_does_not_meet_opens_nothing_and_is_corrected_by_a_new_record": (
            "EVIDENCE_OF_ANOTHER_SUB_GOAL EVIDENCE_REPLACED_ALREADY"
        ),
        "test_evidence_under_a_fulfilled_step_is_corrected_after_its_end_is_undone": (
            "FOLLOWER_STANDS_FIRST FULFILMENT_STANDS_FIRST"
        ),
        "test_not_under_way_is_neither_fulfilled_nor_ended": "NOT_UNDER_WAY",
        "test_nothing_starts_before_agreement_after_the_end_or_ahead": "DATE_AHEAD",
    },
    "packages/test_conclude_package.py": {
        "test_aftercare_ends_by_wish_on_a_day_in_it": "AFTERCARE_NOT_RUNNING",
        "test_an_ending_that_is_refused_changes_nothing": (
            "AFTERCARE_INTERVAL_OUT_OF_RANGE AFTERCARE_WITHOUT_JOB OTHER_WITHOUT_REASON OUTCOME_WITHOUT_JOB"
        ),
        "test_steps_end_first": "STEP_STILL_UNDER_WAY",
    },
    "packages/test_correct_collisions.py": {
        "test_at_the_workplace_somebody_else_has_taken_the_room": "SUPPORT_RATIO_PASSED",
        "test_so_are_those_of_the_citizens_own_limit": "HOURS_OVER_CITIZENS_LIMIT",
    },
    "packages/test_correct_job.py": {
        "test_a_job_does_not_begin_after_its_aftercare": "JOB_AFTER_AFTERCARE",
        "test_also_after_aftercare_was_used_and_extended": "JOB_AFTER_AFTERCARE_USED",
        "test_what_is_refused": "JOB_AS_RECORDED NO_JOB_TO_CORRECT OUTCOME_IS_NO_JOB",
    },
    "packages/test_demands.py": {
        "test_a_statement_has_no_number_and_the_database_says_so_of_sub_goals": "SHOWN_NUMBER_NOT_ASKED",
        "test_attendance_below_what_was_asked_is_not_met": (
            "DEMAND_OF_ANOTHER_KIND LEVEL_OUT_OF_SCALE SHARE_OUT_OF_RANGE SHOWN_NUMBER_MISSING SHOWN_TOO_LITTLE"
        ),
    },
    "packages/test_hours_and_names.py": {
        "test_two_steps_with_times_alone_are_added_up_for_the_week": "HOURS_OVER_WEEK",
    },
    "packages/test_journal.py": {
        "test_a_correction_replaces_and_the_old_text_stays": "NOTE_UNCHANGED",
        "test_of_two_corrections_at_once_the_second_is_refused": "NOTE_CORRECTED_ALREADY",
        "test_use_of_aftercare_is_of_the_citizens_own_and_in_its_days": (
            "AFTERCARE_OF_ANOTHER_CITIZEN USE_OUTSIDE_AFTERCARE"
        ),
        "test_what_is_not_written": "INTERVIEW_WITHOUT_CITIZEN NOTE_PARTIES_DO_NOT_FIT",
    },
    "packages/test_lay_promises.py": {
        "test_neither_laid_nor_taken_out_while_the_parties_answer_and_after": "PLAN_PROPOSED",
        "test_not_due_before_today_nor_before_the_proposal": "COMMITMENT_DAYS_PASSED COMMITMENT_DUE_BEFORE_MADE",
    },
    "packages/test_lay_steps.py": {
        "test_a_plan_has_an_end": "PLAN_TOO_LONG",
        "test_a_step_depends_on_its_own_package_only_and_never_in_a_circle": (
            "STEPS_GO_IN_CIRCLE STEP_OF_ANOTHER_PACKAGE"
        ),
        "test_a_step_that_is_refused": "STEP_HOURS_OUT_OF_RANGE STEP_TIMES_PASS_HOURS STEP_TIMES_TWICE",
        "test_a_step_that_others_need_is_not_removed_and_one_that_is_leaves_nothing": "STEP_NEEDED",
        "test_a_workplace_of_another_municipality_is_refused": "PLACE_OF_ANOTHER_MUNICIPALITY",
        "test_evidence_fits_the_kind_of_step_and_a_sub_goal_stands_once": "EVIDENCE_KIND_NOT_ALLOWED SUB_GOAL_TWICE",
        "test_extend_shorten_and_move_do_what_they_say": "NOT_EARLIER NOT_LATER STEP_DATES_REVERSED",
        "test_the_kind_of_an_agreed_step_stays_and_that_of_a_new_one_does_not": "STEP_KIND_STAYS",
        "test_the_place_may_be_open_in_a_draft_but_not_in_a_proposal": "PLACES_OPEN",
        "test_what_has_happened_is_not_planned_away": "SHORTENED_PAST_THE_FACTS STEP_BEGUN_STAYS STEP_ENDED_STAYS",
        "test_what_leaves_a_draft_stays_in_the_agreed_version": "SUB_GOAL_NOT_HERE",
    },
    "packages/test_mentors.py": {
        "test_a_participant_who_was_named_stops_the_start": "MENTOR_IS_PARTICIPANT",
        "test_a_step_begins_when_its_mentors_have_confirmed": "MENTOR_CONFIRMED_ALREADY MENTOR_UNCONFIRMED",
        "test_confirmed_when_it_would_be_over": "MENTOR_DATES_REVERSED",
        "test_ended": "MENTOR_ENDED_ALREADY MENTOR_OUTSIDE_STEP",
        "test_of_a_step_that_is_over": "MENTOR_STEP_ENDED",
        "test_of_a_step_under_way": "MENTOR_LATE_WITHOUT_REASON MENTOR_TWICE",
        "test_replaced": "MENTOR_WITHOUT_CONFIDENTIALITY",
        "test_what_was_agreed_is_ended_not_removed": "MENTOR_AGREED_STAYS",
    },
    "packages/test_moving.py": {
        "test_no_package_is_begun_here_while_another_municipality_is_asked": "CASE_OFFERED_AWAY",
        "test_what_is_refused_of_an_answer": "TRANSFER_ANSWERED",
        "test_what_is_refused_of_an_offer_changes_nothing": "MOVED_NOWHERE TRANSFER_WAITS",
    },
    "packages/test_own_limits.py": {
        "test_an_own_limit_ends_and_the_common_one_holds_again": "RULE_DATES_REVERSED RULE_ENDED_ALREADY",
        "test_numbers_out_of_range_and_of_other_limits_are_refused": "RULE_VALUE_OUT_OF_RANGE",
    },
    "packages/test_progress.py": {
        "test_what_a_correction_is_refused_for": "MEASURE_CORRECTED_ALREADY MEASURE_UNCHANGED",
        "test_what_a_measure_is_refused_for": (
            "CITIZEN_NOT_KNOWN_YET MEASURED_THAT_DAY_ALREADY NOTHING_ANSWERED POINT_OUT_OF_RANGE "
            "QUESTIONNAIRE_NOT_IN_FORCE QUESTION_UNKNOWN"
        ),
        "test_what_own_questions_are_refused_for": (
            "QUESTIONNAIRE_STARTS_ALREADY QUESTIONNAIRE_STARTS_IN_PAST QUESTIONNAIRE_UNCHANGED QUESTIONS_MISSING "
            "QUESTIONS_TOO_MANY QUESTION_TWICE"
        ),
    },
    "packages/test_promises.py": {
        "test_a_later_day_leaves_the_old_one_readable": "COMMITMENT_NOT_LATER",
        "test_by_a_day_or_when_a_step_is_fulfilled": (
            "COMMITMENT_STEP_ENDED COMMITMENT_STEP_NOT_AGREED COMMITMENT_WITHOUT_DAY"
        ),
        "test_kept_says_who_recorded_it_and_broken_by_whom_and_why": (
            "BROKEN_WITHOUT_REASON COMMITMENT_KEPT_BY_WHOM COMMITMENT_SETTLED_ALREADY COMMITMENT_SETTLED_BEFORE_MADE"
        ),
        "test_none_is_made_in_a_package_that_has_ended": "PACKAGE_NOT_RUNNING",
        "test_on_condition_it_waits_and_then_counts_from_the_step": "COMMITMENT_WAITS",
    },
    "packages/test_propose_change.py": {
        "test_a_draft_without_the_step_is_no_place_for_the_change": "PROPOSAL_STEP_LEFT_DRAFT",
        "test_a_newer_one_replaces_the_open_one_of_its_party_step_and_kind": "PROPOSAL_NEWER_STANDS",
        "test_accepting_makes_the_change_in_one_draft_and_nothing_takes_effect": "PLAN_ASKED_ABOUT",
        "test_it_is_answered_once_and_the_second_is_told": (
            "PROPOSAL_ANSWERED_ALREADY PROPOSAL_ANSWERED_BEFORE_MADE PROPOSAL_REJECTED_WITHOUT_REASON"
        ),
        "test_of_whom_when_and_of_which_step": "PROPOSAL_ENDS_IN_PAST PROPOSAL_STOP_BEFORE_START",
        "test_only_a_running_package_and_a_step_that_goes_on": "PROPOSAL_STEP_ENDED",
        "test_what_makes_no_sense_is_refused": "PROPOSAL_STOP_AFTER_END",
    },
    "packages/test_record_told.py": {
        "test_told_once_on_a_day_in_one_talk": "NOTHING_TO_TELL",
    },
    "packages/test_rules.py": {
        "test_a_length_accepted_as_planned_is_accepted_on_whichever_day_it_starts": "STEP_NEEDS_ASSESSMENT",
        "test_a_municipalitys_own_limit_holds_there_on_its_days": "RULE_OVERRIDDEN_ALREADY RULE_VALUES_WRONG",
        "test_a_start_that_is_registered_late_says_why": "STARTED_LATE_WITHOUT_REASON",
        "test_a_step_that_is_duplicated_is_one_run_with_the_first": "PARTS_NEED_ASSESSMENT",
        "test_a_warning_stops_the_proposal_until_it_is_accepted_for_just_that": "NO_SUCH_WARNING",
        "test_an_earlier_package_at_the_same_place_is_remembered": "SAME_PLACE_AGAIN",
        "test_rules_are_asked_again_when_a_step_starts": "CONTACT_PERSON_MISSING",
        "test_the_citizens_own_limits_are_kept": "TIMES_OUTSIDE_LIMIT",
        "test_what_stops_is_not_accepted": "RULE_STOPS",
    },
    "packages/test_scans.py": {
        "test_what_is_refused": "COPY_ACTS COPY_DAMAGED COPY_EMPTY COPY_KIND_NOT_TAKEN COPY_LOCKED COPY_TOO_LARGE",
    },
    "packages/test_settle_at_end.py": {
        "test_what_is_refused_of_a_job": (
            "JOB_AT_TWO_PLACES JOB_BEFORE_PACKAGE_ENDS STATUS_HOURS_OUT_OF_RANGE TEXT_TOO_LONG"
        ),
    },
    "packages/test_several_companies.py": {
        "test_a_company_without_a_step_is_not_asked": "COMPANY_NOT_IN_PLAN",
        "test_each_company_says_yes_for_itself_and_the_municipality_last": "COMPANY_NOT_NAMED",
    },
    "packages/test_shape_staircase.py": {
        "test_a_copy_is_named_changed_laid_and_put_away": "READY_STEP_WEEKS",
        "test_no_more_than_a_plan_takes_and_none_that_is_not_there": "READY_STEPS_TOO_MANY READY_STEP_NOT_THERE",
        "test_two_of_one_name_and_those_of_another_municipality": "STAIRCASE_NAME_TAKEN",
        "test_what_is_removed_was_needed_by_none": "READY_STEP_NEEDED",
        "test_what_no_step_may_be": "READY_STEP_EVIDENCE READY_STEP_HOURS READY_SUB_GOAL_TWICE",
        "test_whatever_moves_the_needs_stay": "READY_STEP_BEFORE_ITS_NEEDS",
    },
    "packages/test_signed_copies.py": {
        "test_a_draft_cannot_have_been_signed_but_what_was_taken_back_can": "PLAN_NOT_PROPOSED",
        "test_a_withdrawn_copy_counts_no_more_and_keeps_its_bytes": "COPY_WITHDRAWN_ALREADY",
        "test_a_yes_on_paper_takes_its_scan_along": "COPY_NOT_ON_PAPER",
        "test_the_same_file_is_on_a_version_once_unless_it_was_withdrawn": "COPY_FILED_ALREADY",
        "test_what_is_refused_of_a_filing": "COPY_PARTY_UNKNOWN COPY_WITHOUT_PARTY SIGNED_BEFORE_PROPOSED",
        "test_wiping_removes_the_bytes_and_keeps_who_when_and_why": "COPY_WIPED_ALREADY",
    },
    "packages/test_ties.py": {
        "test_family_warns_until_it_is_accepted_and_the_newest_word_counts": "WARNINGS_STAND",
        "test_it_is_declared_by_the_own_caseworker_for_a_workplace_of_the_plan": "TIES_OF_ANOTHER_PLACE",
    },
    "packages/test_undo.py": {
        "test_a_confirmation_is_taken_out_until_the_step_begins": "MENTOR_NOT_CONFIRMED MENTOR_STEP_BEGUN",
        "test_a_dispensation_is_taken_back_while_nothing_stands_on_it": "FOLLOWER_STANDS_ON_WAIVER NOT_WAIVED",
        "test_a_promise_stands_open_again_and_what_was_said_is_kept": "COMMITMENT_NOT_SETTLED",
        "test_a_step_that_was_fulfilled_by_dispensation_keeps_it": "FULFILMENT_STANDS_ON_WAIVER",
        "test_aftercare_goes_on_unless_another_agreement_followed": "AFTERCARE_NOT_ENDED AFTERCARE_RESUMED_SINCE",
    },
    "test_every_limit.py": {
        "test_one_below_at_and_one_above_the_boundary": "UNDER_AGE",
    },
    "web/test_agreements.py": {
        "test_a_mentor_is_a_colleague_or_somebody_named_with_their_party": "MENTOR_NOBODY",
    },
    "web/test_honest_stairs.py": {
        "test_nothing_shown_after_the_package_is_evidence_in_it": "EVIDENCE_AFTER_PACKAGE",
    },
    "web/test_signed_copies.py": {
        "test_other_bytes_than_those_filed_are_not_given_out": "COPY_CANNOT_BE_OPENED",
    },
}
"""Of each file in tests, its tests and the codes that each of them provokes."""


def all_provoked() -> dict[str, dict[str, set[str]]]:
    """Of each file, its tests and what they provoke, by both tables."""
    found = {file: {test: set(codes.split()) for test, codes in tests.items()} for file, tests in PROVOKED.items()}
    for row in LISTED:
        if row.test:
            file, test = row.test.split("::")
            found.setdefault(file, {}).setdefault(test, set()).add(row.code)
    return found
