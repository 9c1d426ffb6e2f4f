"""What a sub-goal asks for, in plain words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jobpakke.method.evidence import MOST_LEVEL
from jobpakke.packages.models import SubGoal
from jobpakke.web.labels import code_label


def asked_words(goal: SubGoal) -> str:
    """The least number and which one, as "at least 90 %"; empty where it asks for no more than its kind."""
    said = []
    if goal.share is not None:
        said.append(_("at least %(share)s %%") % {"share": goal.share})
    if goal.level is not None:
        said.append(_("at least level %(level)s of %(most)s") % {"level": goal.level, "most": MOST_LEVEL})
    return ", ".join([*([goal.which] if goal.which else []), *said])


def shown_by(goal: SubGoal) -> str:
    """The kind of evidence, and what it must say."""
    asked = asked_words(goal)
    kind = code_label(goal.evidence_kind)
    return f"{kind}: {asked}" if asked else kind


def goal_words(goal: SubGoal) -> str:
    """The sub-goal as a gate names it."""
    asked = asked_words(goal)
    return f"{goal.title} ({asked})" if asked else goal.title
