"""Two processes that approve the same plan at the same moment: one wins, the other is told; on both databases."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 2
START_UP = 4.0
"""Seconds both need to start, at the most; whoever is late still meets the other at the next plan."""


def both_at_once(
    program: Callable[..., str], prepared: str, acts: tuple[str, str], folder: Path
) -> list[tuple[str, str]]:
    """What the two were told, round by round."""
    env: dict[str, str] = program.env  # type: ignore[attr-defined]

    def rival(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.e2e.rivals", *arguments]
        return subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    refs = rival(prepared, str(ROUNDS)).communicate(timeout=60)[0].split()
    assert len(refs) == ROUNDS
    at = str(time.monotonic() + START_UP) if prepared == "prepare" else str(folder)
    both = [rival(act, at, *refs) for act in acts]
    said = [each.communicate(timeout=60)[0].splitlines() for each in both]
    assert [process.returncode for process in both] == [0, 0]
    return list(zip(*said, strict=True))


def test_two_processes_approve_at_once(program: Callable[..., str], tmp_path: Path) -> None:
    for said in both_at_once(program, "prepare", ("approve", "approve"), tmp_path):
        assert sorted(said) == ["PLAN_AGREED_ALREADY", "yes"]


def test_one_process_starts_a_step_while_another_takes_its_dispensation_back(
    program: Callable[..., str], tmp_path: Path
) -> None:
    """Whoever has begun wins, and the other is told: who starts by the gate that is shut again, or on PostgreSQL, where
    both had read it open, that something was changed meanwhile."""
    for start, undo in both_at_once(program, "waived", ("start-slowly", "undo"), tmp_path):
        assert (start, undo) == ("yes", "FOLLOWER_STANDS_ON_WAIVER")
    for start, undo in both_at_once(program, "waived", ("start", "undo-slowly"), tmp_path):
        assert undo == "yes"
        assert start in ("CHANGED_MEANWHILE_BY_ANOTHER", "SUB_GOAL_NOT_MET, STEP_NOT_FULFILLED")
