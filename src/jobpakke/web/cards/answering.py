"""Answering a card by its link: one question at a time, saved at each tap, taken up again where one left it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django import forms
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from jobpakke.citizens.models import CaseAssignment
from jobpakke.lib.clock import today
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.cards import CardRefusal
from jobpakke.packages.cards import CardQuestion, LinkHolder, questions_of, require_opened
from jobpakke.packages.models import CompetenceCard
from jobpakke.packages.services import answer_card, hand_in_card, keep_remark
from jobpakke.web.cards.pages import choices_of
from jobpakke.web.errors import sentences
from jobpakke.web.forms import ActForm
from jobpakke.web.http import by_link, number_of

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


class RemarkField(forms.CharField):
    """Browsers send a line break as two signs; it is one."""

    def to_python(self, value: object) -> str:
        """With line breaks as they were typed."""
        return str(super().to_python(str(value or "").replace("\r\n", "\n")))


class HandInForm(ActForm):
    """What else there is to say."""

    remark = RemarkField(
        label=_("Is there more to say?"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only about the work. Write nothing about illness, family or other private matters."),
    )


def _opened(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the card that the link opens today; else a page that says why it does not."""

    @wraps(view)
    def opened(request: HttpRequest, ref: UUID, code: str, **more: int) -> HttpResponse:
        holder = LinkHolder(code, request.user if request.user.is_authenticated else None)
        rows = CompetenceCard.objects.select_related("step__package__citizen__municipality", "workplace")
        card = rows.annotate(reader=_reader()).filter(ref=ref).first()
        try:
            if card is None:
                raise Refused(Refusal(CardRefusal.CARD_NOT_ASKED, {}))
            require_opened(card, holder, on=today())
            return view(request, card, holder, **more)
        except Refused as refused:
            return _closed(request, refused)
        except Http404:
            return _closed(request, Refused(Refusal(CardRefusal.CARD_QUESTION_UNKNOWN, {})))

    return opened


def _reader() -> Subquery:
    """The name of who has the case today, and so reads the card."""
    rows = CaseAssignment.objects.working_on(today()).filter(citizen=OuterRef("step__package__citizen"))
    return Subquery(rows.order_by("-starts_on").values("caseworker__full_name")[:1])


def _closed(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Why it opens nothing: 404 where it is none of a card's, 410 where it was; thanks, where it was just used. 409:
    the link opens, but not for what was sent."""
    codes = {str(refusal.code) for refusal in refused.refusals}
    if CardRefusal.CARD_LINK_USED in codes and "tak" in request.GET:
        return render(request, "cards/thanks.html")
    context = {"sentences": sentences(refused), "used": CardRefusal.CARD_LINK_USED in codes}
    context["opens"] = not codes <= _CLOSING
    if context["opens"]:
        return render(request, "cards/closed.html", context, status=409)
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
        "next": _next(card, holder, questions, after=0),
        "place": card.workplace.name if card.step.package.citizen.address_protected is False else "",
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
        return HttpResponseRedirect(_next(card, holder, _reread(card), after=number))
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
    form = HandInForm(request.POST or None, initial={"remark": card.remark})
    if request.method == "POST":
        number = number_of(request.POST.get("ret", ""))
        if number > 0 and form.carried_out(lambda data: _keep(holder, card, data["remark"])):
            return HttpResponseRedirect(_url(card, holder, number, of=len(questions_of(card))))
        if number < 1 and form.carried_out(lambda data: _send(holder, card, data["remark"], request.POST.get("seen"))):
            return HttpResponseRedirect(f"{_url(card, holder, 0, of=0)}?tak=1")
        card.refresh_from_db()
        require_opened(card, holder, on=today())
    language = get_language()
    lines = [
        (each.text.in_language(language), _answer(card, each, language), number, each.goal is not None)
        for number, each in enumerate(_reread(card), start=1)
    ]
    context = {"card": card, "citizen": card.step.package.citizen, "lines": lines, "form": form}
    return render(request, "cards/hand_in.html", context, status=422 if request.method == "POST" else 200)


def _keep(holder: LinkHolder, card: CompetenceCard, remark: str) -> None:
    keep_remark(actor=holder, card=card, remark=remark, on=today())


def _send(holder: LinkHolder, card: CompetenceCard, remark: str, seen: str | None) -> None:
    """As it was looked through: ``seen`` stood on the page."""
    hand_in_card(actor=holder, card=card, remark=remark, seen=number_of(seen or ""), on=today())


def _reread(card: CompetenceCard) -> tuple[CardQuestion, ...]:
    """What has been answered by now."""
    return questions_of(CompetenceCard.objects.get(pk=card.pk))


def _answer(card: CompetenceCard, asked: CardQuestion, language: str | None) -> str:
    chosen = next((each for each in choices_of(card, asked, language) if each.chosen), None)
    if chosen is not None:
        return f"{chosen.level}: {chosen.words}"
    return str(_("Cannot be judged")) if asked.answered else ""


def _next(card: CompetenceCard, holder: LinkHolder, questions: tuple[CardQuestion, ...], *, after: int) -> str:
    """The first question after one that has no answer, else the first that has none, else the end."""
    left = [number for number, each in enumerate(questions, start=1) if not each.answered]
    later = [number for number in left if number > after]
    return _url(card, holder, next(iter((*later, *left)), len(questions) + 1), of=len(questions))


def _url(card: CompetenceCard, holder: LinkHolder, number: int, *, of: int) -> str:
    """The page of a question; before the first the beginning, after the last the end."""
    if number < 1:
        return reverse("card_link", args=[card.ref, holder.code])
    if number > of:
        return reverse("hand_in_card", args=[card.ref, holder.code])
    return reverse("card_question", args=[card.ref, holder.code, number])
