"""What changing a field of an agreed plan does, said beside the field."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms

from jobpakke.method.changes import EFFECTS, Field
from jobpakke.web.labels import EFFECT


def say_effects(form: forms.Form, fields: Mapping[str, Field]) -> None:
    """Adds to the hint of each of the form's fields what a change of it asks of the parties."""
    for name, what in fields.items():
        if name in form.fields:
            field = form.fields[name]
            field.help_text = " ".join(str(text) for text in (field.help_text, EFFECT[EFFECTS[what]]) if text)
