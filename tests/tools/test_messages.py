"""The check of the Danish catalogue: each thing that can be wrong with it, and where messages are looked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from django.utils import translation

from jobpakke.access.models import Role
from tools import messages
from tools.messages import found, problems

ONE_MANY = ("%(days)s day", "%(days)s days")


def catalog(*entries: dict[str, Any]) -> Catalog:
    made = Catalog(locale="da")
    for entry in entries:
        made.add(**entry)
    return made


def wrong(wanted: dict[str, Any], held: dict[str, Any]) -> list[str]:
    return list(problems(catalog(wanted), catalog({**wanted, **held})))


def test_a_correct_pair_yields_nothing() -> None:
    texts = (
        ({"id": "Sign in"}, "Log ind"),
        ({"id": "%(name)s has %(count)d"}, "%(count)d har %(name)s"),
        ({"id": ONE_MANY}, ("%(days)s dag", "%(days)s dage")),
        ({"id": "May", "context": "month"}, "maj"),
        ({"id": "May", "context": "permission"}, "Må"),
    )
    wanted = catalog(*(entry for entry, _text in texts))
    held = catalog(*({**entry, "string": text} for entry, text in texts))
    assert list(problems(wanted, held)) == []


def test_a_missing_message() -> None:
    held = catalog({"id": "Sign in", "string": "Log ind"})
    wanted = catalog({"id": "Sign in"}, {"id": "Sign out"})
    assert list(problems(wanted, held)) == ["no Danish for: 'Sign out'"]


@pytest.mark.parametrize(("name", "text"), [("Sign in", ""), (ONE_MANY, ("", "")), (ONE_MANY, ("%(days)s dag", ""))])
def test_an_empty_message(name: Any, text: Any) -> None:
    assert wrong({"id": name}, {"string": text}) == [f"no Danish for: {name!r}"]


def test_a_fuzzy_message() -> None:
    assert wrong({"id": "Sign in"}, {"string": "Log ind", "flags": ["fuzzy"]}) == ["fuzzy: 'Sign in'"]


def test_an_unused_message() -> None:
    held = catalog({"id": "Sign in", "string": "Log ind"}, {"id": "Sign out", "string": "Log ud"})
    assert list(problems(catalog({"id": "Sign in"}), held)) == ["not used any more: 'Sign out'"]


def test_the_same_words_in_another_context_are_another_message() -> None:
    wanted = catalog({"id": "May", "context": "month"})
    held = catalog({"id": "May", "string": "Må"})
    assert list(problems(wanted, held)) == ["no Danish for: 'May'", "not used any more: 'May'"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Hello %(name)s", "Hej"),
        ("Hello", "Hej %(name)s"),
        ("Hello %(name)s", "Hej %(navn)s"),
        ("Hello %(name)s", "Hej %(name)s og %(name)s"),
        ("%(count)d left", "tilbage"),
        ("%(count)d left", "%(count)s tilbage"),
        (ONE_MANY, ("%(days)s dag", "dage")),
        (ONE_MANY, ("en dag", "%(days)s dage")),
    ],
)
def test_placeholders_that_differ(name: Any, text: Any) -> None:
    assert wrong({"id": name}, {"string": text}) == [f"placeholders differ: {name!r}"]


def test_every_fault_is_told_not_the_first_alone() -> None:
    wanted = catalog({"id": "A"}, {"id": "B"}, {"id": "C %(x)s"})
    held = catalog(
        {"id": "B", "string": "b", "flags": ["fuzzy"]}, {"id": "C %(x)s", "string": "c"}, {"id": "D", "string": "d"}
    )
    assert sorted(problems(wanted, held)) == [
        "fuzzy: 'B'",
        "no Danish for: 'A'",
        "not used any more: 'D'",
        "placeholders differ: 'C %(x)s'",
    ]


def test_messages_of_our_code_are_found() -> None:
    with translation.override("en"):
        labels = [str(role.label) for role in Role]
    wanted = found()
    assert labels
    assert [label for label in labels if label not in wanted] == []


def test_messages_of_our_templates_are_found() -> None:
    templates = [path.read_text(encoding="utf-8") for path in messages.SOURCE.rglob("*.html")]
    texts = [text for template in templates for text in re.findall(r'{% translate "([^"]+)"', template)]
    wanted = found()
    assert len(texts) > 50
    assert [text for text in texts if text.replace("%", "%%") not in wanted] == []


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(messages, "SOURCE", tmp_path)
    (tmp_path / "pages").mkdir()
    return tmp_path / "pages"


def names() -> set[Any]:
    return {message.id for message in found() if message.id}


def test_every_way_to_mark_a_message_in_code(source: Path) -> None:
    (source / "views.py").write_text(
        '_("plain"); gettext("two " "parts"); gettext_lazy("lazy"); f(_("deep (in) it")); print("not marked")\n'
        'ngettext("one", "many", 2); ngettext_lazy("one lazy", "many lazy", 2); pgettext("month", "May")\n',
        encoding="utf-8",
    )
    assert names() == {"plain", "two parts", "lazy", "deep (in) it", ("one", "many"), ("one lazy", "many lazy"), "May"}
    may = found().get("May", "month")
    assert may is not None
    assert may.context == "month"


def test_every_way_to_mark_a_message_in_a_template(source: Path) -> None:
    (source / "page.html").write_text(
        '{% load i18n %}<p title="{% translate "title" %}">{% translate "It\'s" as it %}not marked gettext(x) {{ it }}'
        '{% translate "next" %}{% translate "to it (so)" %}, {{ _("under") }} {% include "x" with y=_("given") %}'
        "{% blocktranslate with a=b %}Hello {{ a }}{% endblocktranslate %}"
        "{% blocktranslate count n=n %}{{ n }} step{% plural %}{{ n }} steps{% endblocktranslate %}</p>\n",
        encoding="utf-8",
    )
    plain = {"title", "It's", "next", "to it (so)", "under", "given", "Hello %(a)s"}
    assert names() == {*plain, ("%(n)s step", "%(n)s steps")}


def test_other_files_hold_no_messages(source: Path) -> None:
    (source / "notes.txt").write_text('_("not read")', encoding="utf-8")
    assert names() == set()
