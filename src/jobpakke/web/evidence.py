"""What a sub-goal asks for, in plain words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jobpakke.method.evidence import MOST_LEVEL, Demand
from jobpakke.packages.models import SubGoal
from jobpakke.web.labels import code_label


def demand_words(demand: Demand) -> str:
    """Which one and the least number, as "at least 90 %"; empty where no more is asked than the kind."""
    said = [demand.which] if demand.which else []
    if demand.share is not None:
        said.append(_("at least %(share)s %%") % {"share": demand.share})
    if demand.level is not None:
        said.append(_("at least level %(level)s of %(most)s") % {"level": demand.level, "most": MOST_LEVEL})
    return ", ".join(said)


def shown_words(kind: str, demand: Demand) -> str:
    """The kind of evidence, and what it must say."""
    asked = demand_words(demand)
    return f"{code_label(kind)}: {asked}" if asked else code_label(kind)


def shown_by(goal: SubGoal) -> str:
    """The same of a sub-goal."""
    return shown_words(goal.evidence_kind, goal.demand)


def goal_words(goal: SubGoal) -> str:
    """The sub-goal as a gate names it."""
    asked = demand_words(goal.demand)
    return f"{goal.title} ({asked})" if asked else goal.title
