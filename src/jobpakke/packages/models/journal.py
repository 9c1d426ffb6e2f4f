"""The journal: what the caseworker must write down, conversations and notes in one."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jobpakke.access.models import User
from jobpakke.citizens.models import Citizen
from jobpakke.lib.clock import now
from jobpakke.lib.names import sort_key
from jobpakke.lib.refs import new_ref
from jobpakke.packages.models.aftercare import Aftercare, CareTopic
from jobpakke.packages.models.package import Party


class NoteKind(models.TextChoices):
    """How a conversation took place; or a note, when none did. A job interview (*jobsamtale*) is the one that the law
    counts: it is held with the citizen."""

    CALL = "call", _("phone call")
    TALK = "talk", _("conversation")
    VISIT = "visit", _("visit")
    LETTER = "letter", _("letter or message")
    INTERVIEW = "interview", _("job interview")
    NOTE = "note", _("note without a conversation")


class Parties(models.TextChoices):
    """With whom a conversation was."""

    NOBODY = "", _("nobody")
    CITIZEN = "citizen", _("the citizen")
    COMPANY = "company", _("the company")
    BOTH = "both", _("the citizen and the company")
    MUNICIPALITY = "municipality", _("the municipality or another authority")


class Visibility(models.TextChoices):
    """Who may read a note, once the parties sign in themselves."""

    PARTIES = "parties", _("the three parties")
    INTERNAL = "internal", _("the municipality alone")


WITH_CITIZEN = (Parties.CITIZEN, Parties.BOTH)


def search_key(text: str) -> str:
    """The text as it is searched: folded as names are, each word after a blank."""
    return f" {' '.join(sort_key(text).split())}"


class JournalNoteQuerySet(models.QuerySet["JournalNote"]):
    """Which notes count, which are shown, and how they are found."""

    def visible_to(self, user: User, *, on: date) -> Self:
        """The notes about citizens whom the user may see."""
        return self.filter(citizen__in=Citizen.objects.visible_to(user, on=on).values("pk"))

    def newest(self) -> Self:
        """Each chain of corrections once: the note that nothing has replaced."""
        return self.filter(replaced_by__isnull=True)

    def shown_to_parties(self) -> Self:
        """Notes that citizen and company may read."""
        return self.filter(visibility=Visibility.PARTIES)

    def contacts(self) -> Self:
        """Notes of real conversations, as they stand corrected: only these count as contact."""
        return self.newest().exclude(kind=NoteKind.NOTE)

    def with_citizen(self) -> Self:
        """Conversations in which the citizen took part."""
        return self.contacts().filter(parties__in=WITH_CITIZEN)

    def interviews(self) -> Self:
        """Job interviews, as they stand corrected."""
        return self.newest().filter(kind=NoteKind.INTERVIEW)

    def check_ins(self) -> Self:
        """Conversations that count as a check-in of aftercare: with the citizen, or marked as use of it."""
        return self.contacts().filter(Q(parties__in=WITH_CITIZEN) | Q(aftercare__isnull=False))

    def held_by(self, on: date) -> Self:
        """Held on the date or before."""
        return self.filter(held_on__lte=on)

    def worded(self, text: str) -> Self:
        """Notes in which each of the words begins a word."""
        rows = self
        for word in sort_key(text).split():
            rows = rows.filter(search_key__contains=f" {word}")
        return rows


class JournalNote(models.Model):
    """One note, never changed: a correction is a new note that replaces it.

    ``chain``: the ref of the first note of its chain of corrections. ``aftercare``, ``called_by`` and ``about`` when it
    tells of a use of aftercare.
    """

    append_only: ClassVar[bool] = True

    ref = models.UUIDField(default=new_ref, unique=True, editable=False)
    chain = models.UUIDField(editable=False)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=NoteKind.choices)
    parties = models.CharField(max_length=20, choices=Parties.choices, blank=True)
    held_on = models.DateField()
    text = models.CharField(max_length=4000)
    search_key = models.TextField(editable=False)
    visibility = models.CharField(max_length=10, choices=Visibility.choices, default=Visibility.PARTIES)
    aftercare = models.ForeignKey(Aftercare, on_delete=models.PROTECT, null=True, blank=True, related_name="uses")
    called_by = models.CharField(max_length=20, choices=Party.choices, blank=True, default="")
    about = models.CharField(max_length=20, choices=CareTopic.choices, blank=True, default="")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="notes")
    recorded_at = models.DateTimeField(default=now)

    objects = JournalNoteQuerySet.as_manager()

    class Meta:
        ordering = ("-held_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="note", parties="") | (~Q(kind="note") & ~Q(parties="")), name="note_parties"
            ),
            models.CheckConstraint(
                condition=Q(aftercare__isnull=True, called_by="", about="")
                | (Q(aftercare__isnull=False) & ~Q(called_by="") & ~Q(about="")),
                name="note_use",
            ),
            models.CheckConstraint(
                condition=~Q(kind="interview") | Q(parties__in=("citizen", "both")), name="note_interview"
            ),
            models.CheckConstraint(condition=Q(replaces__isnull=False) | Q(chain=F("ref")), name="note_chain"),
        )
        indexes = (
            models.Index(fields=["citizen", "-held_on", "-id"], name="note_citizen"),
            models.Index(
                fields=["citizen", "-held_on"],
                condition=Q(parties__in=("citizen", "both")),
                name="note_with_citizen",
            ),
            models.Index(fields=["chain"], name="note_chain_idx"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.held_on}"

    @property
    def corrected(self) -> bool:
        """Whether it is a correction of an older note."""
        return self.replaces_id is not None
