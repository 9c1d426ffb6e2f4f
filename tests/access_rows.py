"""What each person of the cast gets at each address."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What each person gets. ``rest`` holds for whoever is not named; nobody is sent to the sign-in."""

    method: str = "get"
    rest: int = 403
    on: str = ""
    """Which object's ref stands in the address."""
    allowed: tuple[tuple[str, int], ...] = ()


def own_case(**codes: int) -> tuple[tuple[str, int], ...]:
    """bo's own case: the strange caseworkers find nothing, the team leader sees."""
    return (("bo", 200), ("erik", 404), ("dorte", 404), ("tove", 200), *codes.items())


def cases(*people: str, code: int = 200) -> tuple[tuple[str, int], ...]:
    return tuple((person, code) for person in people)


WORKERS = ("bo", "erik", "dorte")
ACT_ON_COMPANY = (("bo", 200), ("erik", 200), ("dorte", 404), ("tove", 200))
OF_COMPANIES = ("company", "place", "function", "staircase")
"""What belongs to the municipality, and to no citizen."""
TOLD_TO_GO_ON = (("bo", 302), ("erik", 404), ("dorte", 404))
OF_LEADING = ("accept_transfer", "return_transfer")
OF_FIGURES = ("frozen", "own_rule")
"""What holds figures or rules only."""
OF_NETWORK = ("ambassador", "run")
"""What belongs to the network of a programme, and to no citizen."""
OF_LEADERS = ("offer",)
"""What is answered by the team leader: nobody else has anything to do with it yet."""
ACT_ON_CASE = (("bo", 200), ("erik", 404), ("dorte", 404))

TABLE: dict[str, Row] = {
    "front": Row(allowed=cases(*WORKERS, "tove", "finn", "dan", "anna", code=302)),
    "choose_date": Row("post", 302),
    "language": Row("post", 302),
    "account_login": Row(rest=302),
    "account_logout": Row(rest=200),
    "today": Row(allowed=cases(*WORKERS, "tove")),
    "citizens": Row(allowed=cases(*WORKERS, "tove")),
    "citizens_search": Row("post", allowed=cases(*WORKERS, "tove", code=302)),
    "citizens_download": Row(allowed=cases(*WORKERS, "tove")),
    "register_citizen": Row(allowed=cases(*WORKERS)),
    "citizen": Row(on="citizen", allowed=own_case()),
    "journal": Row(on="citizen", allowed=own_case()),
    "search_journal": Row("post", on="citizen", allowed=(*TOLD_TO_GO_ON, ("tove", 302))),
    "write_note": Row(on="citizen", allowed=ACT_ON_CASE),
    "note": Row(on="note", allowed=own_case()),
    "correct_note": Row(on="note", allowed=ACT_ON_CASE),
    "aftercare": Row(on="aftercare", allowed=own_case()),
    "about": Row(on="citizen", allowed=own_case()),
    "history": Row(on="citizen", allowed=own_case()),
    "record_status": Row(on="citizen", allowed=ACT_ON_CASE),
    "correct_status": Row(on="spell", allowed=ACT_ON_CASE),
    "end_status": Row(on="spell", allowed=ACT_ON_CASE),
    "start_step": Row(on="step", allowed=ACT_ON_CASE),
    "correct_step": Row(on="step", allowed=ACT_ON_CASE),
    "undo_package_end": Row(on="package", allowed=ACT_ON_CASE),
    "correct_job": Row(on="job", allowed=ACT_ON_CASE),
    "undo_waiver": Row(on="waiver", allowed=ACT_ON_CASE),
    "undo_settlement": Row(on="promise", allowed=ACT_ON_CASE),
    "undo_approval": Row(on="yes", allowed=ACT_ON_CASE),
    "undo_confirmation": Row(on="mentorship", allowed=ACT_ON_CASE),
    "undo_aftercare_end": Row(on="aftercare", allowed=ACT_ON_CASE),
    "fulfil_step": Row(on="step", allowed=ACT_ON_CASE),
    "end_step": Row(on="step", allowed=ACT_ON_CASE),
    "waive_gate": Row(on="step", allowed=ACT_ON_CASE),
    "record_evidence": Row(on="goal", allowed=ACT_ON_CASE),
    "new_package": Row(on="unplanned", allowed=ACT_ON_CASE),
    "plan": Row(on="version", allowed=own_case()),
    "versions": Row(on="package", allowed=own_case()),
    "reopen_plan": Row("post", on="package", allowed=TOLD_TO_GO_ON),
    "plan_goal": Row(on="draft", allowed=ACT_ON_CASE),
    "add_step": Row("post", on="draft", allowed=(("bo", 422), ("erik", 404), ("dorte", 404))),
    "edit_step": Row(on="planned", allowed=ACT_ON_CASE),
    "arrange_step": Row("post", on="planned", allowed=TOLD_TO_GO_ON),
    "add_sub_goal": Row("post", on="planned", allowed=(("bo", 422), ("erik", 404), ("dorte", 404))),
    "remove_sub_goal": Row("post", on="planned", allowed=TOLD_TO_GO_ON),
    "lay_staircase": Row("post", on="draft", allowed=(("bo", 422), ("erik", 404), ("dorte", 404))),
    "keep_staircase": Row(on="version", allowed=ACT_ON_CASE),
    "tell_paper": Row(on="draft", allowed=ACT_ON_CASE),
    "propose_plan": Row(on="draft", allowed=ACT_ON_CASE),
    "withdraw_plan": Row(on="draft", allowed=ACT_ON_CASE),
    "approve_plan": Row(on="draft", allowed=ACT_ON_CASE),
    "declare_ties": Row(on="draft", allowed=ACT_ON_CASE),
    "accept_warning": Row(on="planned", allowed=ACT_ON_CASE),
    "discard_draft": Row(on="draft", allowed=ACT_ON_CASE),
    "print_plan": Row(on="version", allowed=own_case()),
    "signed_copies": Row(on="version", allowed=own_case()),
    "signed_copy": Row(on="copy", allowed=own_case()),
    "withdraw_signed_copy": Row(on="copy", allowed=ACT_ON_CASE),
    "wipe_signed_copy": Row(on="copy", allowed=ACT_ON_CASE),
    "change_days": Row(on="step", allowed=ACT_ON_CASE),
    "own_staircases": Row(allowed=cases(*WORKERS, "tove")),
    "copy_staircase": Row(allowed=(*((who, 404) for who in ("bo", "erik", "dorte")),)),
    "own_staircase": Row(on="staircase", allowed=(("bo", 200), ("erik", 200), ("tove", 200), ("dorte", 404))),
    "name_staircase": Row(on="staircase", allowed=(("bo", 200), ("erik", 200), ("dorte", 404))),
    "add_ready_step": Row(on="staircase", allowed=(("bo", 200), ("erik", 200), ("dorte", 404))),
    "edit_ready_step": Row(on="staircase", allowed=(("bo", 200), ("erik", 200), ("dorte", 404))),
    "arrange_ready_step": Row("post", on="staircase", allowed=(("bo", 302), ("erik", 302), ("dorte", 404))),
    "retire_staircase": Row("post", on="staircase", allowed=(("bo", 302), ("erik", 302), ("dorte", 404))),
    **dict.fromkeys(
        ("record_wish", "record_limit", "record_qualification", "set_target_group", "change_protection"),
        Row(on="citizen", allowed=ACT_ON_CASE),
    ),
    "end_wish": Row(on="wish", allowed=ACT_ON_CASE),
    "end_limit": Row(on="limit", allowed=ACT_ON_CASE),
    "end_qualification": Row(on="qualification", allowed=ACT_ON_CASE),
    "lay_commitment": Row(on="draft", allowed=ACT_ON_CASE),
    "remove_commitment": Row(on="laid", allowed=ACT_ON_CASE),
    "make_commitment": Row(on="package", allowed=ACT_ON_CASE),
    **dict.fromkeys(("step_mentors", "assign_mentor"), Row(on="step", allowed=ACT_ON_CASE)),
    **dict.fromkeys(
        ("confirm_mentor", "replace_mentor", "end_mentor", "remove_mentor"), Row(on="mentorship", allowed=ACT_ON_CASE)
    ),
    "citizen_cards": Row(on="citizen", allowed=own_case()),
    "card": Row(on="card", allowed=own_case()),
    "ask_card": Row(on="step", allowed=(("bo", 409), ("erik", 404), ("dorte", 404))),  # nobody is at its workplace
    **dict.fromkeys(
        ("renew_card_link", "revoke_card", "set_card_aside", "take_in_card"), Row(on="card", allowed=ACT_ON_CASE)
    ),
    "conclude_package": Row(on="package", allowed=ACT_ON_CASE),
    "agree_aftercare": Row(on="package", allowed=ACT_ON_CASE),
    "extend_aftercare": Row(on="aftercare", allowed=ACT_ON_CASE),
    "end_aftercare": Row(on="aftercare", allowed=ACT_ON_CASE),
    "hand_over": Row(allowed=(*cases(*WORKERS, "tove"),)),
    "received_case": Row(on="handover", allowed=own_case()),
    "transfer_case": Row(on="citizen", allowed=ACT_ON_CASE),
    "sent_case": Row(on="sent", allowed=own_case()),
    "offered_cases": Row(allowed=cases("tove")),
    "accept_transfer": Row(on="offer", allowed=cases("tove")),
    "return_transfer": Row(on="offer", allowed=cases("tove")),
    "settle_commitment": Row(on="promise", allowed=ACT_ON_CASE),
    "move_commitment": Row(on="promise", allowed=ACT_ON_CASE),
    "proposals": Row(on="package", allowed=own_case()),
    "propose_change": Row(on="package", allowed=ACT_ON_CASE),
    "record_told": Row(on="package", allowed=ACT_ON_CASE),
    "proposal": Row(on="proposal", allowed=own_case()),
    "companies": Row(allowed=cases(*WORKERS, "tove")),
    "register_company": Row(allowed=cases(*WORKERS, "tove")),
    "add_workplace": Row(on="company", allowed=ACT_ON_COMPANY),
    **dict.fromkeys(
        ("change_workplace", "close_workplace", "reopen_workplace", "add_function", "name_mentor"),
        Row(on="place", allowed=ACT_ON_COMPANY),
    ),
    "record_need": Row(on="function", allowed=ACT_ON_COMPANY),
    "company": Row(on="company", allowed=(*cases("bo", "erik", "tove"), ("dorte", 404))),
    "followup": Row(allowed=cases("finn", "tove")),
    "followup_note": Row(allowed=cases("finn", "tove")),
    "followup_chart": Row(allowed=cases("finn", "tove")),
    "followup_download": Row(allowed=cases("finn", "tove")),
    **dict.fromkeys(("frozen_follow_ups", "compare_follow_ups", "follow_up_known"), Row(allowed=cases("finn", "tove"))),
    "freeze_follow_up": Row(allowed=cases("finn")),
    **dict.fromkeys(("frozen_follow_up", "frozen_follow_up_download"), Row(on="frozen", allowed=cases("finn", "tove"))),
    "followup_context": Row(allowed=cases("finn", "tove")),
    "followup_context_chart": Row(allowed=cases("finn", "tove")),
    "followup_context_download": Row(allowed=cases("finn", "tove")),
    **dict.fromkeys(
        ("followup_courses", "followup_course_chart", "followup_course_download"), Row(allowed=cases("finn", "tove"))
    ),
    "network": Row(allowed=cases(*WORKERS, "tove", "finn")),
    **dict.fromkeys(
        ("network_chart", "network_download"), Row(allowed=(*cases("bo", "erik", "tove", "finn"), ("dorte", 404)))
    ),
    **dict.fromkeys(("join_network", "open_run", "record_newsletter"), Row(allowed=cases("tove", "finn"))),
    "ambassador": Row(on="ambassador", allowed=(*cases("bo", "erik", "tove", "finn"), ("dorte", 404))),
    "course_run": Row(on="run", allowed=(*cases("bo", "erik", "tove", "finn"), ("dorte", 404))),
    "leave_network": Row(on="ambassador", allowed=cases("tove", "finn")),
    **dict.fromkeys(("take_seat", "give_up_seat", "call_off_run"), Row(on="run", allowed=cases("tove", "finn"))),
    "access_log": Row(allowed=cases("dan")),
    "users": Row(allowed=cases("anna")),
    "add_user": Row(allowed=cases("anna")),
    "user": Row(on="colleague", allowed=cases("anna")),
    "give_role": Row(on="colleague", allowed=cases("anna")),
    "end_role": Row(on="colleague", allowed=cases("anna")),
    "put_in_team": Row(on="colleague", allowed=cases("anna")),
    "replace_password": Row(on="colleague", allowed=cases("anna")),
    "rules": Row(allowed=cases(*WORKERS, "tove", "anna")),
    "override_rule": Row(allowed=cases("anna")),
    "story": Row(on="package", allowed=own_case()),
    "write_story": Row(on="package", allowed=ACT_ON_CASE),
    **dict.fromkeys(
        ("ask_about_story", "consent_to_story", "withdraw_story_consent"), Row(on="story", allowed=ACT_ON_CASE)
    ),
    "end_rule": Row(on="own_rule", allowed=cases("anna")),
    "progress": Row(on="citizen", allowed=own_case()),
    "progress_download": Row(on="citizen", allowed=own_case()),
    "progress_curve": Row(on="package", allowed=own_case()),
    "measure_progress": Row(on="citizen", allowed=ACT_ON_CASE),
    "measure": Row(on="measure", allowed=own_case()),
    "correct_measure": Row(on="measure", allowed=ACT_ON_CASE),
    "questionnaires": Row(allowed=cases("anna")),
    "revise_questionnaire": Row(allowed=cases("anna")),
}

BY_LINK: dict[str, tuple[object, ...]] = {"card_link": (), "card_question": (1,), "hand_in_card": ()}
"""Addresses that open to whoever holds a card's link, signed in or not; and what stands behind the link in them."""
