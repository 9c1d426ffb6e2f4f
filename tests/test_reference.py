"""docs/reference equals the code, and everything it should tell of is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jobpakke.method.step_kinds import STEP_KINDS, StepKind
from tools.reference import FOLDER, ROOT, pages

MADE = pages()


@pytest.mark.parametrize("name", sorted(MADE))
def test_a_page_equals_the_code(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == MADE[name], "run: make reference"


def test_no_page_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(MADE)


def test_every_step_kind_has_its_entry() -> None:
    assert set(STEP_KINDS) == set(StepKind)
    assert all(rule.evidence_kinds for rule in STEP_KINDS.values())


def test_every_variable_of_the_program_is_told_of() -> None:
    named = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"\bJOBPAKKE_[A-Z]+(?:_[A-Z]+)*\b", path.read_text(encoding="utf-8"))
    }
    assert named
    assert all(f"`{name}`" in MADE["settings.md"] for name in named)


def links(path: Path) -> list[str]:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [target for target in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in target]


def test_no_link_of_the_docs_is_broken() -> None:
    pages_of_ours = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    found = [(path, target) for path in pages_of_ours for target in links(path)]
    assert found
    assert [f"{path.name}: {target}" for path, target in found if not (path.parent / target).exists()] == []


def test_every_make_target_that_the_docs_name_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    named = {
        name
        for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
        for name in re.findall(r"`make ([a-z]+)`", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= targets
