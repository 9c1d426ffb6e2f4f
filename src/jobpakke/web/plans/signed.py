"""Signed copies: filing one, opening it, withdrawing it, removing its file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from jobpakke.access.policies import Act, require
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.packages import services
from jobpakke.packages.answers import companies_asked
from jobpakke.packages.models import SealedBytes, SignedCopy
from jobpakke.packages.models.signed import ScanKind
from jobpakke.packages.scans import ScanRefusal, read_scan
from jobpakke.packages.sealing import unseal
from jobpakke.web.acting import ActPage, act
from jobpakke.web.citizens.pages import noted
from jobpakke.web.http import Visitor, page, seen_or_404
from jobpakke.web.plans.copies import copy_lines
from jobpakke.web.plans.pages import PlanState, state_of, version_or_404
from jobpakke.web.plans.signing import EndCopyForm, SignedCopyForm
from jobpakke.web.plans.speaking import chosen, company_of

form_page = require_http_methods(["GET", "HEAD", "POST"])
TYPES = {ScanKind.PDF: "application/pdf", ScanKind.JPEG: "image/jpeg", ScanKind.PNG: "image/png"}


@form_page
@page(Act.SEE_CASES)
def copies(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """What was filed on a version, and a form for one more: a scan, who signed, and when."""
    version = version_or_404(who, ref)
    noted(who, version.package.citizen, "signed_copies")
    may_work = who.works(Act.WORK_CASES)

    def verb(data: dict[str, Any]) -> None:
        signers = [chosen(key) for key in data["parties"]]
        services.file_signed_copy(
            actor=who.user,
            version=version,
            parties=[party.value for party, _company in signers],
            companies=[company for _party, ref in signers if (company := company_of(ref))],
            scan=read_scan(data["scan"].name, data["scan"].read()),
            signed_on=data["day"],
            on=who.viewing.today,
        )

    companies = companies_asked(version, on=who.viewing.today)
    form = SignedCopyForm(
        request.POST or None, request.FILES or None, initial={"day": who.viewing.today}, companies=companies
    )
    if request.method == "POST":
        require(who.user, Act.WORK_CASES, version.package, on=who.viewing.today)
        if form.carried_out(verb):
            messages.success(request, _("The signed copy is filed."))
            return redirect("signed_copies", ref=version.ref)
    context = {
        "version": version,
        "citizen": version.package.citizen,
        "copies": copy_lines(version, may_work=may_work),
        "form": form if may_work and state_of(version) is not PlanState.DRAFT else None,
    }
    return render(request, "plans/copies.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@page(Act.SEE_CASES)
def open_copy(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """The file to take along, never shown within a page of ours."""
    copy = _copy(who, ref, "signed_copy")
    sealed = SealedBytes.objects.filter(copy=copy).first()
    if sealed is None:
        raise Http404
    content = _opened(copy, sealed)
    kind = ScanKind(copy.kind)
    response = HttpResponse(content, content_type=TYPES[kind])
    ending = copy.file_name.rpartition(".")[2]
    name = _("signed-version-%(number)s") % {"number": copy.version.number}
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _opened(copy: SignedCopy, sealed: SealedBytes) -> bytes:
    """The bytes that were filed, and no others. Raises Refused (COPY_CANNOT_BE_OPENED)."""
    try:
        content = unseal(sealed.token)
    except InvalidToken as error:
        raise Refused(Refusal(ScanRefusal.COPY_CANNOT_BE_OPENED, {})) from error
    if hashlib.sha256(content).hexdigest() != copy.sha256:
        raise Refused(Refusal(ScanRefusal.COPY_CANNOT_BE_OPENED, {}))
    return content


@form_page
@page(Act.WORK_CASES)
def withdraw(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Lets a copy count no more."""
    words = (
        _("Withdraw a signed copy"),
        _("Withdraw the copy"),
        _("The signed copy is withdrawn."),
        _("It counts no more and stays in the list with your reason. The file itself is kept."),
    )
    return _ended(request, who, _copy(who, ref, "withdraw_signed_copy"), services.withdraw_signed_copy, words)


@form_page
@page(Act.WORK_CASES)
def wipe(request: HttpRequest, who: Visitor, ref: UUID) -> HttpResponse:
    """Removes the file of a copy that should not be here."""
    words = (
        _("Remove the file of a signed copy"),
        _("Remove the file for good"),
        _("The file is removed."),
        _(
            "For papers that should never have been filed here, as those of somebody else. The file cannot be brought"
            " back; who removed it, when and why stays."
        ),
    )
    return _ended(request, who, _copy(who, ref, "wipe_signed_copy"), services.wipe_signed_copy, words)


def _ended(
    request: HttpRequest, who: Visitor, copy: SignedCopy, ending: Callable[..., None], words: tuple[str, str, str, str]
) -> HttpResponse:
    heading, submit, done, line = words

    def verb(data: dict[str, Any]) -> None:
        ending(actor=who.user, copy=copy, reason=data["reason"], on=who.viewing.today)

    shown = ActPage(
        heading=heading,
        submit=submit,
        done=done,
        back=reverse("signed_copies", args=[copy.version.ref]),
        back_label=_("Signed copies"),
        about=copy.file_name,
        lines=(line,),
    )
    return act(request, EndCopyForm(request.POST or None), verb, shown)


def _copy(who: Visitor, ref: UUID, page_name: str) -> SignedCopy:
    rows = SignedCopy.objects.visible_to(who.user, on=who.viewing.today)
    copy = seen_or_404(rows.select_related("version__package__citizen__municipality"), ref)
    noted(who, copy.version.package.citizen, page_name)
    return copy
