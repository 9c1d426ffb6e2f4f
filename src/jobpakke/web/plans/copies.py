"""The signed copies of a version as its page lists them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Subquery
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from jobpakke.packages.json_rows import JsonRows
from jobpakke.packages.models import CompanySignature, Party, PlanVersion, SealedBytes, SignedCopy, SignedCopyEnding
from jobpakke.web.labels import code_label, label


@dataclass(frozen=True, slots=True)
class CopyLine:
    """A signed copy. ``ending``: withdrawn or removed, with ``reason``; empty while it stands. ``url``: its file, None
    when that is gone. The other two lead to withdrawing and removing it, where one may."""

    signed_by: str
    signed_on: date
    filed_by: str
    file_name: str
    size: str
    ending: str
    reason: str
    url: str | None
    withdraw_url: str | None
    wipe_url: str | None


def copy_lines(version: PlanVersion, *, may_work: bool) -> tuple[CopyLine, ...]:
    """Every copy that was filed, in order; one query."""
    last = SignedCopyEnding.objects.filter(copy=OuterRef("pk")).order_by("-pk")
    rows = SignedCopy.objects.filter(version=version).annotate(
        ending=Subquery(last.values("ending")[:1]),
        why=Subquery(last.values("reason")[:1]),
        is_kept=Exists(SealedBytes.objects.filter(copy=OuterRef("pk"))),
    )
    signed = CompanySignature.objects.filter(copy=OuterRef("pk")).order_by().values("copy")
    names = signed.annotate(names=JsonRows(F("company__name"))).values("names")
    read = rows.select_related("filed_by").annotate(signed_for=Subquery(names))
    return tuple(_line(row, may_work=may_work) for row in read)


def _signers(row: SignedCopy) -> Iterator[str]:
    """Companies by name, where it is known which ones signed."""
    named = sorted(row.signed_for or ())  # type: ignore[attr-defined]  # annotated above
    for party in row.parties:
        yield from named if party == Party.COMPANY and named else [code_label(party)]


def _line(row: SignedCopy, *, may_work: bool) -> CopyLine:
    ending, kept = row.ending, row.is_kept  # type: ignore[attr-defined]  # annotated above
    return CopyLine(
        signed_by=", ".join(_signers(row)),
        signed_on=row.signed_on,
        filed_by=row.filed_by.full_name,
        file_name=row.file_name,
        size=filesizeformat(row.size),
        ending=label(ending) if ending else "",
        reason=row.why or "",  # type: ignore[attr-defined]  # annotated above
        url=reverse("signed_copy", args=[row.ref]) if kept else None,
        withdraw_url=reverse("withdraw_signed_copy", args=[row.ref]) if may_work and ending is None else None,
        wipe_url=reverse("wipe_signed_copy", args=[row.ref]) if may_work and kept else None,
    )
