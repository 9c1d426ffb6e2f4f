"""Two people wrote at once: what each field says now, and what one wrote oneself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.forms import BoundField, Form
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

_BESIDE = ("along", "because")
"""What else moves with a step, and why something was wrong: no words of what is changed."""


def conflict(form: Form, theirs: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(label, theirs, mine) for each field that differs."""
    found = []
    for bound in form.visible_fields():
        if bound.name in _BESIDE:
            continue
        mine = form.cleaned_data.get(bound.name)
        other = _cleaned(bound, theirs.get(bound.name))
        if _text(bound, mine) != _text(bound, other):
            found.append((str(bound.label), _text(bound, other), _text(bound, mine)))
    return found


def _cleaned(bound: BoundField, value: Any) -> Any:
    return bound.field.clean(value) if isinstance(value, str) else value


def _text(bound: BoundField, value: Any) -> str:
    if value in (None, "", [], ()):
        return _("nothing")
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    choices = dict(getattr(bound.field, "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(choices.get(each, each)) for each in sorted(value, key=str))
    return str(choices.get(value) or localize(value))
