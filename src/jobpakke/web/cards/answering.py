"""Answering a card by its link: one question at a time, saved at each tap, taken up again where one left it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from jobpakke.lib.clock import today
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.cards import CardRefusal
from jobpakke.packages.cards import CardQuestion, LinkHolder, questions_of, require_opened
from jobpakke.packages.models import CompetenceCard
from jobpakke.packages.services import answer_card, hand_in_card
from jobpakke.web.cards.pages import choices_of
from jobpakke.web.errors import sentences
from jobpakke.web.forms import ActForm
from jobpakke.web.http import by_link

form_page = require_http_methods(["GET", "HEAD", "POST"])
CANNOT_JUDGE = "0"
"""What the button sends that says that a question cannot be judged."""


_CLOSING = frozenset(
    {
        CardRefusal.CARD_NOT_ASKED.value,
        CardRefusal.CARD_LINK_REPLACED.value,
        CardRefusal.CARD_LINK_EXPIRED.value,
        CardRefusal.CARD_LINK_REVOKED.value,
        CardRefusal.CARD_LINK_USED.value,
    }
)
"""What says that a link opens nothing."""


class HandInForm(ActForm):
    """What else there is to say."""

    remark = forms.CharField(
        label=_("Is there more to say?"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only about the work. Write nothing about illness, family or other private matters."),
    )


OfCard = Callable[[HttpRequest, CompetenceCard, LinkHolder], HttpResponse]


def _opened(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the card that the link opens today; else a page that says why it does not."""

    @wraps(view)
    def opened(request: HttpRequest, ref: UUID, code: str, **more: int) -> HttpResponse:
        holder = LinkHolder(code)
        rows = CompetenceCard.objects.select_related("step__package__citizen__municipality", "workplace", "asked_by")
        card = rows.filter(ref=ref).first()
        try:
            if card is None:
                raise Refused(Refusal(CardRefusal.CARD_NOT_ASKED, {}))
            require_opened(card, holder, on=today())
            return view(request, card, holder, **more)
        except Refused as refused:
            if not {str(refusal.code) for refusal in refused.refusals} <= _CLOSING:
                raise
            return _closed(request, refused)

    return opened


def _closed(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Why it opens nothing: 404 where it is none of a card's, 410 where it was; thanks, where it was just used."""
    codes = {refusal.code for refusal in refused.refusals}
    if CardRefusal.CARD_LINK_USED in codes and "tak" in request.GET:
        return render(request, "cards/thanks.html")
    context = {"sentences": sentences(refused), "used": CardRefusal.CARD_LINK_USED in codes}
    status = 404 if CardRefusal.CARD_NOT_ASKED in codes else 410
    return render(request, "cards/closed.html", context, status=status)


@require_http_methods(["GET", "HEAD"])
@by_link
@_opened
def begin(request: HttpRequest, card: CompetenceCard, holder: LinkHolder) -> HttpResponse:
    """What the card is, whom it is about and who is asked; on to the first question without an answer."""
    if "anden" in request.GET:
        return _for_another(request, card)
    questions = questions_of(card)
    answered = sum(each.answered for each in questions)
    context = {
        "card": card,
        "citizen": card.step.package.citizen,
        "count": len(questions),
        "answered": answered,
        "next": _next(card, holder, questions),
    }
    return render(request, "cards/begin.html", context)


def _for_another(request: HttpRequest, card: CompetenceCard) -> HttpResponse:
    """Somebody else than who was asked has got the link."""
    return render(request, "cards/another.html", {"card": card}, status=403)


@form_page
@by_link
@_opened
def question(request: HttpRequest, card: CompetenceCard, holder: LinkHolder, number: int) -> HttpResponse:
    """One question; a tap saves its level and leads on."""
    questions = questions_of(card)
    if not 1 <= number <= len(questions):
        raise Http404
    asked = questions[number - 1]
    if request.method == "POST":
        answer_card(actor=holder, card=card, question=asked.code, level=_level(request), on=today())
        return HttpResponseRedirect(_url(card, holder, number + 1, of=len(questions)))
    language = get_language()
    context = {
        "citizen": card.step.package.citizen,
        "asked": asked,
        "text": asked.text.in_language(language),
        "choices": choices_of(card, asked, language),
        "cannot_judge": CANNOT_JUDGE,
        "number": number,
        "count": len(questions),
        "before": _url(card, holder, number - 1, of=len(questions)),
        "later": _url(card, holder, number + 1, of=len(questions)) if asked.answered else "",
    }
    return render(request, "cards/question.html", context)


def _level(request: HttpRequest) -> int | None:
    """The level of the button that was pressed; what is none of its values is refused by the verb."""
    sent = request.POST.get("level", "")
    if sent == CANNOT_JUDGE:
        return None
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) == 1 else -1


@form_page
@by_link
@_opened
def hand_in(request: HttpRequest, card: CompetenceCard, holder: LinkHolder) -> HttpResponse:
    """Everything that was answered, once more; and handing it in."""
    form = HandInForm(request.POST or None)
    if request.method == "POST":
        if form.carried_out(lambda data: hand_in_card(actor=holder, card=card, remark=data["remark"], on=today())):
            return HttpResponseRedirect(f"{_url(card, holder, 0, of=0)}?tak=1")
        require_opened(CompetenceCard.objects.get(pk=card.pk), holder, on=today())
    language = get_language()
    lines = [
        (each.text.in_language(language), _answer(card, each, language), _url(card, holder, number, of=number))
        for number, each in enumerate(questions_of(card), start=1)
    ]
    context = {"card": card, "citizen": card.step.package.citizen, "lines": lines, "form": form}
    return render(request, "cards/hand_in.html", context, status=422 if request.method == "POST" else 200)


def _answer(card: CompetenceCard, asked: CardQuestion, language: str | None) -> str:
    chosen = next((each for each in choices_of(card, asked, language) if each.chosen), None)
    if chosen is not None:
        return f"{chosen.level}: {chosen.words}"
    return str(_("Cannot be judged")) if asked.answered else ""


def _next(card: CompetenceCard, holder: LinkHolder, questions: tuple[CardQuestion, ...]) -> str:
    left = (number for number, each in enumerate(questions, start=1) if not each.answered)
    return _url(card, holder, next(left, len(questions) + 1), of=len(questions))


def _url(card: CompetenceCard, holder: LinkHolder, number: int, *, of: int) -> str:
    """The page of a question; before the first the beginning, after the last the end."""
    if number < 1:
        return reverse("card_link", args=[card.ref, holder.code])
    if number > of:
        return reverse("hand_in_card", args=[card.ref, holder.code])
    return reverse("card_question", args=[card.ref, holder.code, number])
