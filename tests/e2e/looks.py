"""What must hold of every page, whatever it shows."""

from __future__ import annotations

import os
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
LOOKED_AT_BEFORE = os.environ.get("JOBPAKKE_DATABASE_URL", "").startswith("postgres")
"""The run on PostgreSQL comes after the one on SQLite, whose pages are the same: axe looks at them once."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "asked => axe.run(asked).then(({passes, violations}) => ({passes: passes.length, violations}))"
"""Only what is wrong is described and sent back: that takes less than half the time of describing all."""


def listen(page: Page) -> list[str]:
    """What the browser complains of from now on: failed files, scripts and styles that the policy forbids."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            complaints.append(f"{page.url}: {message.text}")

    page.on("console", note)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    return complaints


def faults(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than the window. Empty when all is well."""
    page.wait_for_load_state()
    return ([] if LOOKED_AT_BEFORE else violations(page)) + too_wide(page)


def too_wide(page: Page) -> list[str]:
    """Whether a page that has loaded is wider than the window; a list, as of other faults."""
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return [f"{wide} px wide in a window of {window}"] if wide > window else []


def violations(page: Page) -> list[str]:
    """What axe finds on the page that is being shown."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, {"runOnly": RULES, "resultTypes": ["violations"]})
    assert found["passes"], "axe looked at nothing"
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in found["violations"]]
