"""A paper that somebody signed, as a photo of it: invented, and the same each time."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from jobpakke.packages.scans import Scan, read_scan

_WIDE, _HIGH, _LEFT = 620, 877, 80
_HAND = ((0, 0), (22, -38), (40, 6), (58, -30), (74, 4), (98, -18), (120, 2), (150, -26), (176, 0), (230, -8))
"""A pen's way over the line, from its first point."""


def signed_paper(title: str) -> Scan:
    """A page with the title, lines of text told by strokes, and a signature over its line."""
    paper = Image.new("L", (_WIDE, _HIGH), 250)
    pen = ImageDraw.Draw(paper)
    pen.text((_LEFT, 70), title.encode("ascii", "ignore"), fill=40)
    for line in range(18):
        pen.line((_LEFT, 120 + 28 * line, _WIDE - _LEFT - 37 * (line * 7 % 5), 120 + 28 * line), fill=190, width=5)
    pen.line((_LEFT, 760, 380, 760), fill=60, width=2)
    pen.line([(_LEFT + 20 + x, 748 + y) for x, y in _HAND], fill=30, width=4, joint="curve")
    out = BytesIO()
    paper.save(out, "PNG", optimize=True)
    return read_scan("underskrevet plan.png", out.getvalue())
