"""The Danish catalogue: update it from code and templates, check that it is complete, compile it.

English is the language of the message ids, so only Danish needs a catalogue. Babel reads Python; templates are first
turned into something like Python by Django's own ``templatize``. No gettext programs are needed on the machine.
"""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "jobpakke"
PO = SOURCE / "locale" / "da" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
FIELD = re.compile(r"%\(\w+\)[sd]")


def main() -> None:
    """``update``, ``check`` or ``compile``."""
    act = {"update": update, "check": check, "compile": compile_}[sys.argv[1]]
    act()


def update() -> None:
    """Adds new messages, empty; drops those no longer used."""
    catalog = stored()
    catalog.update(found(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.header_comment = "# Danish texts of Jobpakke. English is the language of the message ids."
    catalog.fuzzy = False
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=118, sort_output=True, no_location=True, omit_header=False)
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(buffer.getvalue())


def check() -> None:
    """Exits with the first things that are wrong with the catalogue."""
    wrong = list(problems(found(), stored()))
    if wrong:
        sys.exit("\n".join([*wrong[:20], f"{len(wrong)} problems in {PO.relative_to(ROOT)}: run make messages"]))
    print(f"{len(stored())} messages, all in Danish")


def compile_() -> None:
    """Writes the .mo file beside the catalogue."""
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, stored())


def problems(wanted: Catalog, held: Catalog) -> Iterator[str]:
    """Missing, empty, fuzzy, unused messages, and translations that lose or invent a placeholder."""
    for message in wanted:
        if message.id and (fault := _fault(message, held.get(message.id, message.context), held.num_plurals)):
            yield f"{fault}: {message.id!r}"
    for message in held:
        if message.id and wanted.get(message.id, message.context) is None:
            yield f"not used any more: {message.id!r}"


def _fault(wanted: Message, held: Message | None, plurals: int) -> str | None:
    if held is None or not all(text.strip() for text in _texts(held.string)):
        return "no Danish for"
    if held.fuzzy:
        return "fuzzy"
    if len(_texts(held.string)) != (plurals if wanted.pluralizable else 1):
        return "plural forms differ"
    if any(_fields(text) != _fields(_texts(wanted.id)[-1]) for text in _texts(held.string)):
        return "placeholders differ"
    return None


def found() -> Catalog:
    """Every message in code and templates."""
    catalog = Catalog()
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix == ".py":
            text = path.read_text(encoding="utf-8")
        elif path.suffix == ".html":
            text = _python(templatize(path.read_text(encoding="utf-8")))
        else:
            continue
        for _line, texts, _comments, context in extract("python", io.BytesIO(text.encode()), keywords=KEYWORDS):
            catalog.add(texts, context=context)
    return catalog


def stored() -> Catalog:
    """The Danish catalogue as it is."""
    if not PO.exists():
        return Catalog(locale="da", project="jobpakke")
    with PO.open("rb") as file:
        return read_po(file, locale="da")


def _python(text: str) -> str:
    """The calls that templatize made of tags stand between X-ed out words, which are names; indents mean nothing."""
    return "\n".join(line.strip() for line in text.splitlines())


def _texts(value: object) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, tuple | list) else (str(value),)


def _fields(text: str) -> list[str]:
    return sorted(FIELD.findall(text))


if __name__ == "__main__":
    main()
