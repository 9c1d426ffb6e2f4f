"""Every refusal of the program has its sentences and a test that provokes it; so has each that such a system needs."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.translation import override

from jobpakke.lib.refusal import Refused
from jobpakke.method.step_kinds import StepKind
from jobpakke.packages.models import EndReason, GoalForm, Outcome, Party
from jobpakke.packages.services import (
    discard_draft,
    draft_package,
    duplicate_step,
    end_package,
    end_step,
    lay_step,
    make_commitment,
    place_step,
    propose_plan,
    remove_step,
    start_step,
    withdraw_proposal,
)
from jobpakke.packages.services.plan.checks import StepFacts
from jobpakke.web.sentences import SENTENCES
from tests.builders import DAY, Cast, agreed, citizen, draft, say_yes
from tests.refusals import PROVOKED, all_provoked
from tests.refusals_listed import LISTED
from tests.web.test_sentences import refusal_codes

HERE = Path(__file__).parent
SHORT = 4
"""A sentence of fewer words tells nobody what to do."""
WORD = re.compile(r"[A-Z_]{4,}")


def test_every_refusal_has_a_test_that_provokes_it() -> None:
    """And none more than there are. What is missing here is missing a test: write one, and name it in
    tests/refusals.py."""
    named = {code for tests in PROVOKED.values() for codes in tests.values() for code in codes.split()}
    assert named == refusal_codes()


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_refusal_has_a_sentence_of_its_own_in_both_languages(language: str) -> None:
    with override(language):
        said = {code: str(text) for code, text in SENTENCES.items()}
    assert set(said) == refusal_codes()
    assert all(len(text.split()) >= SHORT for text in said.values())
    with override("en"):
        assert language == "en" or [code for code, text in SENTENCES.items() if str(text) == said[code]] == []


def names_in(node: ast.AST, named: dict[str, set[str]]) -> set[str]:
    """The words in capitals that it names, itself or by a constant or function of its file; not its docstrings."""
    found: set[str] = set()
    for each in ast.walk(node):
        if isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant):
            each.value.value = ""
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            found |= set(WORD.findall(each.value))
        elif isinstance(each, ast.Attribute):
            found.add(each.attr)
        elif isinstance(each, ast.Name):
            found |= named.get(each.id, set())
    return found


def named_in(file: str) -> dict[str, set[str]]:
    """Each test of a file with the codes that it names."""
    tree = ast.parse((HERE / file).read_text(encoding="utf-8"))
    named: dict[str, set[str]] = {}
    for _ in range(3):  # a helper may name what stands further down
        for node in tree.body:
            if isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                named |= {each.id: names_in(node, named) for each in targets if isinstance(each, ast.Name)}
            elif isinstance(node, ast.FunctionDef) and not node.name.startswith("test_"):
                named[node.name] = names_in(node, named)
    return {
        node.name: names_in(node, named)
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_each_test_that_is_said_to_provoke_a_refusal_asks_for_that_very_code() -> None:
    """That it is provoked while the test runs, tests/conftest.py sees to."""
    for file, tests in all_provoked().items():
        found = named_in(file)
        for test, codes in tests.items():
            assert test in found, f"{file}::{test}"
            assert codes <= found[test], f"{file}::{test} does not ask for {sorted(codes - found[test])}"


def test_nothing_of_what_such_a_system_needs_is_missing() -> None:
    assert {row.code for row in LISTED} <= refusal_codes()


# What the list asks for and no other test means in just that sense.


def test_what_was_agreed_changes_by_no_other_verb_and_is_neither_deleted_nor_taken_back(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    facts = StepFacts(StepKind.GUIDANCE, "Mere", DAY, DAY + timedelta(days=9))
    tries: list[tuple[Callable[..., object], dict[str, object]]] = [
        (lay_step, {"version": stairs.version, "facts": facts}),
        (remove_step, {"planned": stairs.second}),
        (duplicate_step, {"planned": stairs.second}),
        (place_step, {"planned": stairs.second, "up": True}),
        (discard_draft, {"version": stairs.version}),
        (withdraw_proposal, {"version": stairs.version}),
        (propose_plan, {"version": stairs.version}),
    ]
    for verb, arguments in tries:
        with pytest.raises(Refused, match="PLAN_AGREED_ALREADY"):
            verb(actor=cast.bo, on=DAY, **arguments)
    assert stairs.version.planned_steps.count() == 2


def test_a_yes_is_recorded_by_who_has_the_case_and_by_nobody_else(cast: Cast) -> None:
    version = draft(cast.bo, cast.her).version
    propose_plan(actor=cast.bo, version=version, on=DAY)
    for stranger, code in ((cast.dorte, "NOT_FOUND"), (cast.asta, "NOT_FOUND"), (cast.tove, "ROLE_LACKS_ACT")):
        for party in Party:
            with pytest.raises(Refused, match=code):
                say_yes(stranger, version, DAY, party)
    assert not version.approvals.exists()


def test_no_package_for_a_participant_of_another_municipality(cast: Cast) -> None:
    with pytest.raises(Refused, match="NOT_FOUND"):
        draft_package(actor=cast.bo, citizen=cast.gerda, goal_title="Butik", form=GoalForm.FLEX, on=DAY)


def test_no_package_for_a_protected_participant_by_who_has_no_need(cast: Cast) -> None:
    hidden = citizen(cast.bo, cast.here, "Hemmelig", "640174-1004", protected=True)
    with pytest.raises(Refused, match="NOT_FOUND"):
        draft_package(actor=cast.erik, citizen=hidden, goal_title="Butik", form=GoalForm.FLEX, on=DAY)


def test_nothing_changes_in_a_package_that_is_over(cast: Cast) -> None:
    stairs = agreed(cast.bo, cast.her)
    start_step(actor=cast.bo, step=stairs.first.step, started_on=DAY, on=DAY)
    over = DAY + timedelta(days=9)
    end_step(actor=cast.bo, step=stairs.first.step, ended_on=over, reason=next(iter(EndReason)), on=over)
    end_package(actor=cast.bo, package=stairs.package, ended_on=over, outcome=Outcome.NO_JOB, on=over)
    with pytest.raises(Refused, match="PACKAGE_NOT_OPEN"):
        start_step(actor=cast.bo, step=stairs.second.step, started_on=over, on=over)
    with pytest.raises(Refused, match="PACKAGE_NOT_RUNNING"):
        make_commitment(
            actor=cast.bo,
            package=stairs.package,
            party=Party.COMPANY,
            text="Et kursus",
            due_on=over + timedelta(days=9),
            on=over,
        )
