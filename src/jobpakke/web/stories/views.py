"""The case story of a package, and the acts on it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.policies import Act
from jobpakke.packages import services
from jobpakke.packages.models import CaseStory, HowTold, JobPackage, PlanVersion
from jobpakke.packages.models.package import OnBehalfReason
from jobpakke.packages.stories import paragraphs
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.frame import head
from jobpakke.web.citizens.pages import look_up, noted
from jobpakke.web.http import Visitor, number_of, page, seen_or_404
from jobpakke.web.stories.forms import AskForm, ConsentForm, WithdrawForm, WriteStoryForm
from jobpakke.web.stories.pages import story_page

form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@page(Act.SEE_CASES)
def story(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """One wording of the story, what became of it, and the wordings before it."""
    wordings = PlanVersion.objects.filter(package=OuterRef("pk"), effective_on__isnull=False).order_by("-number")
    rows = JobPackage.objects.visible_to(who.user, on=who.viewing.today)
    rows = rows.annotate(goal=Subquery(wordings.values("goal__title")[:1])).select_related("citizen", "programme")
    package = seen_or_404(rows, ref)
    citizen = look_up(who, package.citizen.ref, "story")
    context = {"page": story_page(who, package, number=request.GET.get("udgave", ""))}
    return render(request, "stories/story.html", {**context, **head(who, citizen, "story", back=request.path)})


@form_page
@page(Act.WORK_CASES)
def write(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The first wording, or one in the place of the newest."""
    rows = JobPackage.objects.visible_to(who.user, on=who.viewing.today)
    package = seen_or_404(rows.select_related("citizen__municipality"), ref)
    noted(who, package.citizen, "write_story")
    newest = package.stories.first()

    def verb(data: dict[str, Any]) -> None:
        services.write_story(
            actor=who.user,
            package=package,
            told_as=data["told_as"],
            text=data["text"],
            seen=number_of(data["seen"]),
            on=who.viewing.today,
        )

    held = {"told_as": newest.told_as, "text": newest.text, "seen": newest.number} if newest else {"seen": 0}
    words = ActPage(
        heading=_("Word the case story anew") if newest else _("Write the case story"),
        submit=_("Save the story"),
        done=_("The story is saved. The citizen is to be asked before it is told."),
        back=reverse("story", args=[package.ref]),
        back_label=_("Case story"),
        about=package.citizen.name,
        lines=(
            _("The consent is to the very words: new words need a consent of their own.")
            if newest
            else _("Told in the notes of the programme once the citizen has consented, and under a made-up name."),
        ),
    )
    return act(request, WriteStoryForm(request.POST or None, held=held), verb, words)


@form_page
@page(Act.WORK_CASES)
def ask(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """That the citizen was shown the words."""
    row = _story(who, ref, "ask_about_story")

    def verb(data: dict[str, Any]) -> None:
        services.ask_about_story(
            actor=who.user, story=row, asked_on=data["day"], how=HowTold(data["how"]), on=who.viewing.today
        )

    words = _words(
        row,
        heading=_("Ask about the case story"),
        submit=_("The citizen was asked"),
        done=_("The story waits for the citizen's consent."),
    )
    return act(request, AskForm(request.POST or None, initial={"day": who.viewing.today}), verb, words)


@form_page
@page(Act.WORK_CASES)
def consent(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The citizen's yes to these words."""
    row = _story(who, ref, "consent_to_story")

    def verb(data: dict[str, Any]) -> None:
        services.consent_to_story(
            actor=who.user,
            story=row,
            given_on=data["day"],
            on_behalf_reason=OnBehalfReason(data["how"]),
            on=who.viewing.today,
        )

    words = _words(
        row,
        heading=_("Consent to the case story"),
        submit=_("Record the consent"),
        done=_("The consent is recorded. Notes tell the story from now on."),
    )
    return act(request, ConsentForm(request.POST or None, initial={"day": who.viewing.today}), verb, words)


@form_page
@page(Act.WORK_CASES)
def withdraw(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The citizen takes the yes back."""
    row = _story(who, ref, "withdraw_story_consent")

    def verb(data: dict[str, Any]) -> None:
        services.withdraw_story_consent(
            actor=who.user, story=row, withdrawn_on=data["day"], how=HowTold(data["how"]), on=who.viewing.today
        )

    words = _words(
        row,
        heading=_("Take the consent back"),
        submit=_("The consent is taken back"),
        done=_("The consent is taken back. No note that is made from now on tells the story."),
        line=_("A note that was made and sent before cannot be called back."),
    )
    return act(request, WithdrawForm(request.POST or None, initial={"day": who.viewing.today}), verb, words)


def _words(row: CaseStory, *, heading: str, submit: str, done: str, line: str = "") -> ActPage:
    """Above each form stand the very words that it is about."""
    return ActPage(
        heading=heading,
        submit=submit,
        done=done,
        back=reverse("story", args=[row.package.ref]),
        back_label=_("Case story"),
        about=_("%(citizen)s, told as %(name)s (wording %(number)s)")
        % {"citizen": row.package.citizen.name, "name": row.told_as, "number": row.number},
        lines=(*((line,) if line else ()), *paragraphs(row.text)),
    )


def _story(who: Visitor, ref: UUID, page_name: str) -> CaseStory:
    rows = CaseStory.objects.visible_to(who.user, on=who.viewing.today)
    row = seen_or_404(rows.select_related("package__citizen__municipality"), ref)
    noted(who, row.package.citizen, page_name)
    return row
