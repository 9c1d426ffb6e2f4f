"""Files as people send them: what a scanner makes, and what nobody should."""

from __future__ import annotations

from io import BytesIO

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from jobpakke.packages.scans import Scan, read_scan


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def paper(pages: int = 1, width: int = 595) -> PdfWriter:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width, 842)
    return writer


def pdf(width: int = 595) -> bytes:
    return written(paper(width=width))


def scan(width: int = 595, name: str = "skanning.pdf") -> Scan:
    return read_scan(name, pdf(width))


def picture(kind: str, size: tuple[int, int] = (40, 60)) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return out.getvalue()


def locked(*, to_open: str = "hemmelig") -> bytes:
    writer = paper()
    writer.encrypt(user_password=to_open, owner_password="ejer")
    return written(writer)


def with_script() -> bytes:
    """A page with a button that runs something when the mouse passes."""
    script = DictionaryObject({NameObject("/S"): NameObject("/X"), NameObject("/JS"): TextStringObject("app.alert(1)")})
    deep = ArrayObject([ArrayObject([DictionaryObject({NameObject("/E"): script})])])
    return written(annotated(paper(), DictionaryObject({NameObject("/Kids"): deep})))


def with_file() -> bytes:
    writer = paper()
    writer.add_attachment("a.exe", b"MZ")
    return written(writer)


def with_launch() -> bytes:
    """A link that starts a program, deep inside a page."""
    writer = paper()
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd")})
    return written(
        annotated(writer, DictionaryObject({NameObject("/A"): action, NameObject("/Subtype"): NameObject("/Link")}))
    )


def with_note() -> bytes:
    """A file hung on a page as a note."""
    return written(annotated(paper(), DictionaryObject({NameObject("/Subtype"): NameObject("/FileAttachment")})))


def with_opening() -> bytes:
    """A script that runs when the paper is opened, its name written in disguise."""
    writer = paper()
    action = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/Nr"): NumberObject(1)})
    writer.root_object[NameObject("/OpenAction")] = action
    return written(writer).replace(b"/JavaScript", b"/J#61vaScript")


def annotated(writer: PdfWriter, note: DictionaryObject) -> PdfWriter:
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    return writer
