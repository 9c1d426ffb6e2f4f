"""Every refusal has a sentence whose placeholders the refusal fills; every code has its words."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any, cast

import pytest
from django.utils.translation import override

import jobpakke
from jobpakke.continuity.findings import FindingKind
from jobpakke.history.kinds import KINDS
from jobpakke.lib.refusal import Refusal, Refused
from jobpakke.method.ladder import StepState
from jobpakke.method.status import LabourMarketStatus
from jobpakke.web.citizens.history import MADE, TOLD
from jobpakke.web.errors import sentences
from jobpakke.web.labels import FINDING, STATE, STATUS, code_label
from jobpakke.web.sentences import SENTENCES

SOURCE = Path(jobpakke.__file__).parent
FIELD = re.compile(r"%\((\w+)\)s")


def refusal_codes() -> set[str]:
    """The members of every ``...Refusal`` in the code."""
    found: set[str] = set()
    for module in pkgutil.walk_packages([str(SOURCE)], "jobpakke."):
        if ".migrations" in module.name or module.name.endswith((".wsgi", "templatetags.dkfds")):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if name.endswith("Refusal") and isinstance(value, type) and issubclass(value, StrEnum):
                found |= {str(code) for code in value}
    return found


def arguments_in_code() -> dict[str, list[set[str]]]:
    """For each code, the argument names of each ``Refusal(X.CODE, {...})`` in the source."""
    found: dict[str, list[set[str]]] = {}
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
                code, *rest = node.args
                if isinstance(code, ast.Attribute):
                    keys = rest[0].keys if rest and isinstance(rest[0], ast.Dict) else []
                    names = {str(key.value) for key in keys if isinstance(key, ast.Constant)}
                    found.setdefault(code.attr, []).append(names)
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("_breach", "_passed")
            ):
                rule = node.args[2]
                if isinstance(rule, ast.Attribute):  # of the rulebook: each with its step and its source
                    names = {str(each.arg) for each in node.keywords}
                    found.setdefault(rule.attr, []).append({*names, "step", "source"})
    return found


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert refusal_codes() == set(SENTENCES)


def test_every_code_is_refused_somewhere_with_what_its_sentence_needs() -> None:
    used = arguments_in_code()
    assert set(used) == set(SENTENCES)
    for code, calls in used.items():
        needed = set(FIELD.findall(str(SENTENCES[code])))
        assert all(needed <= names for names in calls), code


@pytest.mark.parametrize("language", ["da", "en"])
def test_refs_and_dates_in_a_sentence_are_called_by_name(language: str) -> None:
    with override(language):
        refused = Refused(Refusal("SUB_GOAL_NOT_MET", {"step": 1, "sub_goal": 2}), Refusal("NOT_FOUND"))
        first, second = sentences(refused, {1: "Praktik", 2: "Fremmøde"})
    assert "Praktik" in first
    assert "Fremmøde" in first
    assert "%" not in first + second


def test_every_state_status_and_finding_has_words() -> None:
    assert set(STATE) == set(StepState)
    assert set(STATUS) == set(LabourMarketStatus)
    assert set(FINDING) == set(FindingKind)
    assert code_label("caseworker") != "caseworker"
    assert code_label("unknown-code") == "unknown-code"


def test_every_event_about_a_citizen_is_told() -> None:
    elsewhere = {
        "user_added",
        "role_given",
        "role_ended",
        "team_changed",
        "password_replaced",
        "follow_up_frozen",
        "company_registered",
        "workplace_added",
        "workplace_changed",
        "workplace_closed",
        "workplace_reopened",
        "function_added",
        "need_recorded",
        "mentor_named",
        "programme_opened",
        "staircase_kept",
        "staircase_copied",
        "staircase_changed",
        "staircase_retired",
        "rule_ended",
        "rule_overridden",
        "questionnaire_revised",
        "benefit_counts_imported",
        "ambassador_joined",
        "ambassador_left",
        "course_run_opened",
        "course_run_called_off",
        "seat_taken",
        "seat_given_up",
        "newsletter_recorded",
    }
    assert set(TOLD) == set(KINDS) - elsewhere
    for code, text in TOLD.items():
        held = {field.name for field in fields(cast(Any, KINDS[code]))}
        assert set(FIELD.findall(str(text))) <= held | {"subject", "beside"} | set(MADE), code
