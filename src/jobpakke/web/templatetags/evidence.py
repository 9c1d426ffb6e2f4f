"""What a sub-goal asks for, in templates."""

from django import template

from jobpakke.packages.models import SubGoal
from jobpakke.web import evidence

register = template.Library()


@register.filter
def shown_by(goal: SubGoal) -> str:
    """The kind of evidence, and what it must say."""
    return evidence.shown_by(goal)
