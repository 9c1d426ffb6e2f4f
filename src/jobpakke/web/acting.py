"""The page of one act: a form, a verb, and back to where one came from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise

from jobpakke.web.forms import ActForm

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Section:
    """A short list under a heading; not shown when it is empty."""

    heading: Words
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class ActPage:
    """What the page of an act says; ``done`` is said afterwards, on the page ``back``."""

    heading: Words
    submit: Words
    done: Words
    back: str
    back_label: Words
    about: Words = ""
    lines: tuple[Words, ...] = ()
    sections: tuple[Section, ...] = ()


def act(
    request: HttpRequest,
    form: ActForm,
    verb: Callable[[dict[str, Any]], object],
    words: ActPage,
    names: Mapping[object, str] | None = None,
) -> HttpResponse:
    """Shows the form, or carries the verb out and goes back; a refusal (422) keeps everything typed."""
    if request.method == "POST" and form.carried_out(verb, names):
        messages.success(request, str(words.done))
        return HttpResponseRedirect(words.back)
    return act_page(request, form, words)


def act_page(request: HttpRequest, form: ActForm, words: ActPage) -> HttpResponse:
    """The page alone, for a view that goes elsewhere when its act is done."""
    status = 422 if request.method == "POST" else 200
    return render(request, "act.html", {**_shallow(words), "form": form}, status=status)


def _shallow(words: ActPage) -> dict[str, Any]:
    return {name: getattr(words, name) for name in words.__dataclass_fields__}
