"""The benches still run, and both ways to each answer still agree; how fast they are is no matter of tests."""

from __future__ import annotations

import pytest

from bench import bench_evaluation, bench_incidence

pytestmark = pytest.mark.once


def test_the_bench_of_statuses_registers_and_memory(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "--spells", "2000"])
    monkeypatch.setattr(bench_evaluation, "MONTHS", bench_evaluation.MONTHS[:2])
    bench_evaluation.main()
    told = capsys.readouterr().out
    for against in ("60 calls", "Polars", "pandas", "MB of memory", "100 persons took"):
        assert against in told


def test_the_bench_of_incidence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.argv", ["bench", "--persons", "500"])
    monkeypatch.setattr(bench_incidence, "ROUNDS", 1)
    bench_incidence.main()
    assert "lifelines" in capsys.readouterr().out
