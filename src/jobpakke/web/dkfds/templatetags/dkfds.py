"""Det Fælles Designsystem as tags. Its class names stand in these templates and nowhere else."""

from __future__ import annotations

from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    FileInput,
    Form,
    RadioSelect,
    Select,
    Textarea,
    Widget,
)
from django.http import QueryDict
from django.utils.html import format_html

from jobpakke.web.labels import code_label

register = template.Library()

BUTTONS = {
    "primary": "button button-primary",
    "secondary": "button button-secondary",
    "tertiary": "button button-tertiary",
}
TABLES = {
    "rows": "table table--compact table--responsive-headers",
    "figures": "table table--compact",
}


@register.simple_tag
def button_class(kind: str = "primary") -> str:
    """The class of a button or of a link that looks like one: primary, secondary or tertiary."""
    return BUTTONS[kind]


@register.simple_tag
def table_class(kind: str = "rows") -> str:
    """The class of a table. ``rows``: cells carry ``data-title``, on a phone each row becomes a list; ``figures``."""
    return TABLES[kind]


@register.filter
def in_words(code: str) -> str:
    """What a stored code is called on screen."""
    return code_label(code)


@register.simple_tag
def renews(part: str) -> str:
    """On a form: with htmx only a part of the page is renewed by it; without, it is a form as any other."""
    return format_html(
        'hx-boost="true" hx-target="{0}" hx-select="{0}" hx-select-oob="#beskeder" hx-swap="outerHTML show:none"', part
    )


@register.inclusion_tag("dkfds/alert.html")
def alert(kind: str, text: str) -> dict[str, Any]:
    """A message: info, success, warning or error."""
    return {"kind": kind, "text": text}


@register.inclusion_tag("dkfds/badge.html")
def badge(text: str, kind: str = "") -> dict[str, Any]:
    """A small mark: info, success, warning, error or neutral."""
    return {"text": text, "kind": kind}


@register.inclusion_tag("dkfds/field.html")
def field(bound: BoundField, *, filters: bool = False) -> dict[str, Any]:
    """A form field with label, hint and error, tied together for a screen reader; ``filters``: none is needed."""
    kinds: dict[type[Widget], str] = {
        Select: "form-select",
        Textarea: "form-input",
        CheckboxInput: "form-checkbox",
        FileInput: "form-file",
    }
    widget = bound.field.widget
    css = next((css for kind, css in kinds.items() if isinstance(widget, kind)), "form-input")
    hint_id, error_id = f"{bound.id_for_label}-hint", f"{bound.id_for_label}-error"
    described = [*([hint_id] if bound.help_text else []), *([error_id] if bound.errors else [])]
    attrs: dict[str, Any] = {"class": css}
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "optional": not (bound.field.required or filters),
        "control": bound.as_widget(attrs=attrs),
        "hint_id": hint_id,
        "error_id": error_id,
        "is_checkbox": isinstance(widget, CheckboxInput),
        "is_radio": isinstance(widget, RadioSelect | CheckboxSelectMultiple),
        "option_kind": "checkbox" if isinstance(widget, CheckboxSelectMultiple) else "radio",
    }


@register.inclusion_tag("dkfds/tick.html")
def tick(name: str, value: str, text: str, *, checked: bool) -> dict[str, Any]:
    """One tick of many that share a name, in a list too long for a field."""
    return {"name": name, "value": value, "text": text, "checked": checked}


@register.inclusion_tag("dkfds/errors.html")
def errors(form: Form, heading: str = "") -> dict[str, Any]:
    """What was wrong with the whole form, above it; ``heading`` where it is not that nothing was saved."""
    return {"form": form, "heading": heading}


@register.inclusion_tag("dkfds/pagination.html")
def pagination(page: Page[Any], query: QueryDict) -> dict[str, Any]:
    """Links to the pages of a list; the search in the address is kept."""

    def url(number: int) -> str:
        kept = query.copy()
        kept["side"] = str(number)
        return f"?{kept.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(number, url(number) if isinstance(number, int) else "") for number in numbers]
    return {
        "page": page,
        "links": links,
        "previous": url(page.previous_page_number()) if page.has_previous() else "",
        "next": url(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("dkfds/header.html", takes_context=True)
def page_header(context: template.Context) -> dict[str, Any]:
    """The top of every page: the name of the solution, who is signed in, the menu."""
    names = ("visitor", "nav", "csrf_token", "request", "LANGUAGE_CODE")
    return {name: context.get(name) for name in names}
