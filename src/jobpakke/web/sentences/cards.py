"""What is refused of competence cards; to the company too, who reads only that."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CARDS: Mapping[str, Promise | str] = {
    # asking, and taking in
    "CARD_STEP_NOT_UNDER_WAY": _(
        "A card is asked for while the step is under way. Start the step first, or ask in the step that is."
    ),
    "CARD_WITHOUT_WORKPLACE": _(
        "The step is at no workplace, so there is nobody to ask. Record the evidence as it was told to you instead."
    ),
    "CARD_NOBODY_THERE": _(
        "Nobody at the workplace is named who could be asked. Name a contact person or a mentor on the company's page."
    ),
    "CARD_PERSON_NOT_THERE": _(
        "Only the mentors and the contact person of the workplace are asked: %(people)s. Name somebody there first."
    ),
    "CARD_WAITS_ALREADY": _(
        "%(who)s has been asked in this step already and has not answered. Make a new link to that card, or take it"
        " back first."
    ),
    "CARD_NOT_HANDED_IN": _("The company has not sent the card yet. Wait, or make a new link and send it once more."),
    "CARD_HANDED_IN_ALREADY": _(
        "The company sent the card on %(handed_in_on)s. It stands as it is; ask for another one if you need it."
    ),
    "CARD_REVOKED_ALREADY": _("The card was taken back on %(revoked_on)s. Ask for another one."),
    "CARD_TAKEN_IN_ALREADY": _(
        "The card was taken into the plan on %(taken_in_on)s. Correct the evidence itself if a level is wrong."
    ),
    "CARD_SET_ASIDE_ALREADY": _(
        "Since %(set_aside_on)s the card does not count. Ask for another one if the company is to judge again."
    ),
    # the link
    "CARD_NOT_ASKED": _(
        "Nobody is asked for a card by this link. Look whether all of it was copied, or ask the job consultant who"
        " sent it."
    ),
    "CARD_LINK_REPLACED": _(
        "A newer link has taken the place of this one. Use the newest one that you got from the job consultant."
    ),
    "CARD_LINK_EXPIRED": _(
        "The link opened until %(last_day)s. Ask the job consultant for a new one; what you have answered is kept."
    ),
    "CARD_LINK_REVOKED": _(
        "The job consultant took the card back on %(revoked_on)s. There is nothing more to do; ask if you think that is"
        " wrong."
    ),
    "CARD_LINK_USED": _(
        "The card was sent on %(handed_in_on)s, and a link is used once. If something is wrong, tell the job"
        " consultant, who can ask for another card."
    ),
    # the answers
    "CARD_QUESTION_UNKNOWN": _("That question is not on the card. Open the link again and go on from there."),
    "CARD_EMPTY": _("No question is answered. Answer at least one; that it cannot be judged is an answer too."),
    "CARD_ANSWERS_CHANGED": _(
        "The answers were changed elsewhere since you saw them. Look at them as they are now, and send them again."
    ),
    "CARD_GOAL_UNANSWERED": _(
        "These sub-goals of the plan have no answer yet: %(goals)s. Choose a level, or that it cannot be judged."
    ),
    "CARD_REMARK_HOLDS_NUMBER": _("Something in it looks like a CPR number. Take the number out."),
}
