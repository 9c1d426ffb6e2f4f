"""Writing and searching in the journal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobpakke.packages.models import Aftercare, CareTopic, JournalNote, NoteKind, Parties, Party, Visibility
from jobpakke.packages.services.journal import CareUse, NoteFacts
from jobpakke.web.forms import ActForm, DayField

USE = ("called_by", "about")


class NoteForm(ActForm):
    """A note in one field; the rest is guessed and can be changed. ``cared``: whether aftercare runs, to be marked."""

    text = forms.CharField(
        label=gettext_lazy("What was said or done?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=NoteKind.choices,
        help_text=gettext_lazy("Only a conversation with the citizen counts as contact."),
    )
    parties = forms.ChoiceField(
        label=gettext_lazy("With"), choices=[each for each in Parties.choices if each[0]], required=False
    )
    day = DayField(label=gettext_lazy("Date"))
    visibility = forms.ChoiceField(label=gettext_lazy("Can be read by"), choices=Visibility.choices)
    called_by = forms.ChoiceField(
        label=gettext_lazy("Aftercare used by"),
        choices=[("", gettext_lazy("No use of the aftercare")), *Party.choices],
        required=False,
    )
    about = forms.ChoiceField(
        label=gettext_lazy("What it was about"), choices=[("", "–"), *CareTopic.choices], required=False
    )
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any] | None = None, *, cared: bool = False, **kwargs: Any) -> None:
        super().__init__(data, auto_id="notat-%s", **kwargs)
        if not cared:
            for name in USE:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Who used the aftercare and for what: both, or none. A note without a conversation is with nobody."""
        data = super().clean() or {}
        if bool(data.get("called_by")) != bool(data.get("about")):
            name = "about" if data.get("called_by") else "called_by"
            self.add_error(name, _("Choose both who used the aftercare and what it was about, or none of them."))
        if data.get("kind") == NoteKind.NOTE:
            data["parties"] = Parties.NOBODY
            if data.get("called_by"):
                self.add_error("kind", _("Aftercare is used in a conversation. Choose how it took place."))
        return data

    @staticmethod
    def facts(data: Mapping[str, Any], care: Aftercare | None) -> NoteFacts:
        """The cleaned data as the verb wants them."""
        called_by = data.get("called_by")
        return NoteFacts(
            text=data["text"],
            held_on=data["day"],
            kind=NoteKind(data["kind"]),
            parties=Parties(data["parties"]),
            visibility=Visibility(data["visibility"]),
            use=CareUse(care, Party(called_by), CareTopic(data["about"])) if care and called_by else None,
        )


AS_TALK, AS_INTERVIEW = "samtale", "jobsamtale"
BEGUN_AS: Mapping[str | None, NoteKind] = {AS_TALK: NoteKind.TALK, AS_INTERVIEW: NoteKind.INTERVIEW}
"""What a new note begins as, where one comes to write a conversation down. The first is also what the button says that
saves a conversation with the citizen; the other one saves as the fields say."""


def chosen(data: QueryDict) -> QueryDict:
    """What was posted, with the kind that the pressed button stands for; a conversation that was chosen stays."""
    if data.get("gem") != AS_TALK or data.get("kind") != NoteKind.NOTE:
        return data
    told = data.copy()
    told["kind"], told["parties"] = NoteKind.TALK.value, Parties.CITIZEN.value
    return told


def blank(*, on: date, back: str, kind: NoteKind = NoteKind.NOTE) -> dict[str, Any]:
    """What a new note begins with: the day, for the parties to read, and no conversation, unless one came to note one:
    a note that counts as contact by mistake would hide a citizen whom nobody speaks with."""
    return {
        "kind": kind,
        "parties": Parties.CITIZEN,
        "day": on,
        "visibility": Visibility.PARTIES,
        "back": back,
    }


def filled(note: JournalNote) -> dict[str, Any]:
    """What a correction begins with: the note as it stands."""
    names = ("text", "kind", "parties", "visibility", "called_by", "about")
    return {**{name: getattr(note, name) for name in names}, "day": note.held_on}


class JournalSearchForm(forms.Form):
    """Words, kind, who wrote, from and until; nothing in it is ever wrong, only ignored."""

    use_required_attribute = False

    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=80)
    kind = forms.ChoiceField(label=gettext_lazy("How"), required=False)
    by = forms.ChoiceField(label=gettext_lazy("Written by"), required=False)
    start = DayField(label=gettext_lazy("From"), required=False)
    end = DayField(label=gettext_lazy("To and with"), required=False)

    def __init__(self, data: Mapping[str, Any], authors: Mapping[UUID, str]) -> None:
        super().__init__(data, auto_id="soeg-%s")
        kinds = [(value, capfirst(text)) for value, text in NoteKind.choices]
        contacts = ("contacts", _("All conversations"))
        self.fields["kind"].choices = [("", _("All")), contacts, *kinds]  # type: ignore[attr-defined]  # a choice field
        whoever = [("", _("Everybody")), *((str(ref), name) for ref, name in authors.items())]
        self.fields["by"].choices = whoever  # type: ignore[attr-defined]  # a choice field
        self.is_valid()

    @property
    def chosen(self) -> dict[str, Any]:
        """What was understood, without what is empty."""
        return {name: value for name, value in self.cleaned_data.items() if value}
