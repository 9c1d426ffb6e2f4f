"""What docs/evaluation.md shows is what one gets."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from jobpakke.cli import main
from tools.reference import ROOT

PAGE = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"<!-- (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)


def test_the_worked_example(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    told, asked = "", 0
    for kind, text in BLOCK.findall(PAGE):
        if kind == "run":
            program, *arguments = shlex.split(text)
            assert (program, main(arguments)) == ("jobpakke", 0)
            told = capsys.readouterr().out
            asked += 1
        elif kind == "answer":
            assert told == text
        else:
            (tmp_path / kind).write_text(text, encoding="utf-8")
    assert asked == PAGE.count("<!-- run -->") == PAGE.count("<!-- answer -->") == 4
