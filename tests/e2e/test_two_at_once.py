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


def test_two_processes_approve_at_once(program: Callable[..., str]) -> None:
    env: dict[str, str] = program.env  # type: ignore[attr-defined]

    def rival(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.e2e.rivals", *arguments]
        return subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    refs = rival("prepare", str(ROUNDS)).communicate(timeout=60)[0].split()
    assert len(refs) == ROUNDS
    at = str(time.monotonic() + START_UP)
    both = [rival("approve", at, *refs) for _ in range(2)]
    said = [each.communicate(timeout=60)[0].splitlines() for each in both]
    assert [process.returncode for process in both] == [0, 0]
    for one, other in zip(*said, strict=True):
        assert sorted([one, other]) == ["PLAN_AGREED_ALREADY", "yes"]
