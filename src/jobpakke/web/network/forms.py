"""The forms of the network."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from jobpakke.network.models import Ambassador, CourseRun, Newsletter, Organisation
from jobpakke.network.places import municipalities
from jobpakke.network.services.courses import MOST_SEATS
from jobpakke.network.services.newsletters import MOST_SUBSCRIBERS
from jobpakke.web.forms import ActForm, DayField

Choices = list[tuple[str, str]]


class JoinForm(ActForm):
    """A new ambassador: who, where, from when; and a seat on a run at once, where any is free."""

    name = forms.CharField(label=_("Name"), max_length=Ambassador.name.field.max_length)
    municipality = forms.ChoiceField(label=_("Municipality"), required=False)
    organisation = forms.CharField(
        label=_("Another organisation"),
        required=False,
        max_length=Organisation.name.field.max_length,
        help_text=_("Only where no municipality is chosen, for example a language school."),
    )
    email = forms.CharField(
        label=_("Email"),
        required=False,
        max_length=Ambassador.email.field.max_length,
        help_text=_("At work. Everybody in the network can see it."),
        widget=forms.EmailInput(),
    )
    joined_on = DayField(label=_("Ambassador from"))
    run = forms.ChoiceField(label=_("A seat on"), required=False)

    def __init__(self, *args: Any, runs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [("", _("another organisation")), *municipalities().items()]
        self.fields["municipality"].choices = places  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["run"].choices = [("", _("no course now")), *runs]  # type: ignore[attr-defined]  # a ChoiceField


class LeaveForm(ActForm):
    """From which day somebody is no ambassador any more."""

    left_on = DayField(label=_("No ambassador from"))


class RunForm(ActForm):
    """A run of a course: which course, when, where, how many seats."""

    title = forms.CharField(
        label=_("Course"),
        max_length=120,
        help_text=_("The same name as before makes another run of the same course."),
    )
    opened_on = DayField(label=_("Announced on"))
    starts_on = DayField(label=_("Begins on"))
    place = forms.CharField(label=_("Where"), required=False, max_length=CourseRun.place.field.max_length)
    seats = forms.IntegerField(label=_("Seats"), min_value=1, max_value=MOST_SEATS)


class SeatForm(ActForm):
    """One of some ambassadors, and a day."""

    ambassador = forms.ChoiceField(label=_("Ambassador"))
    day = DayField(label=_("From"))

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ambassador"].choices = people  # type: ignore[attr-defined]  # a ChoiceField


class CallOffForm(ActForm):
    """From which day a run is not to be held any more."""

    called_off_on = DayField(label=_("Called off on"))


class NewsletterForm(ActForm):
    """A newsletter that was sent."""

    title = forms.CharField(label=_("Title"), max_length=Newsletter.title.field.max_length)
    sent_on = DayField(label=_("Sent on"))
    subscribers = forms.IntegerField(
        label=_("Subscribers"),
        localize=True,
        min_value=0,
        max_value=MOST_SUBSCRIBERS,
        help_text=_("To how many it went. The same title and day with another number corrects it."),
    )
