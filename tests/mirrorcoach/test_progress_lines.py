"""Progress as a command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mirrorcoach.errors import InputError, UsageError
from mirrorcoach.progress import progress_lines
from mirrorcoach.summary import AID
from mirrorcoach.video.document import SCHEMA


def written(path: Path, mm: float | None, affected: str | None = "right") -> Path:
    interval = [0.0, 0.5] if mm is None else [mm - 0.4, mm + 0.4]
    side = {"excursion_mm": mm, "excursion_interval_mm": interval}
    repetition = {"exercise": "smile_open", "left": side, "right": side}
    content = {"schema": SCHEMA, "affected": affected, "repetitions": [repetition]}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_change_is_told_with_its_interval(tmp_path: Path) -> None:
    first, now = written(tmp_path / "a.json", 2.0), written(tmp_path / "b.json", 4.0)
    assert progress_lines(first, now) == [
        "The right side, compared with its own first day:",
        "  Open smile: 2.0 mm on the first day, 4.0 mm now; changed, between +1.2 and +2.8 mm",
    ]


def test_what_cannot_be_told_is_called_no_change(tmp_path: Path) -> None:
    first, now = written(tmp_path / "a.json", None), written(tmp_path / "b.json", 0.7)
    assert progress_lines(first, now)[1] == (
        "  Open smile: too little to tell from rest on the first day, 0.7 mm now; "
        "no change that can be told, between -0.2 and +1.1 mm"
    )


def test_the_side_is_asked_for_and_never_guessed(tmp_path: Path) -> None:
    first = written(tmp_path / "a.json", 2.0, affected=None)
    now = written(tmp_path / "b.json", 4.0, affected=None)
    with pytest.raises(UsageError, match="--side left or --side right"):
        progress_lines(first, now)
    assert progress_lines(first, now, "left")[0].startswith("The left side")
    other = written(tmp_path / "c.json", 4.0, affected="left")
    with pytest.raises(UsageError, match="not alike"):
        progress_lines(written(tmp_path / "d.json", 2.0), other)


def test_what_is_no_score_is_refused_by_its_name(tmp_path: Path) -> None:
    odd = tmp_path / "odd.json"
    odd.write_text("[]", encoding="utf-8")
    with pytest.raises(InputError, match=r"odd\.json is not a score"):
        progress_lines(odd, written(tmp_path / "b.json", 4.0))
    with pytest.raises(InputError, match=r"none\.json cannot be read"):
        progress_lines(tmp_path / "none.json", odd)


def test_the_command_compares_what_score_wrote(scored: Any, run_cli: Any) -> None:
    path = scored("smile_open").folder / "score.json"
    done = run_cli("progress", path, path, "--side", "right")
    assert done.returncode == 0 and done.stderr == ""
    assert "no change that can be told" in done.stdout and done.stdout.rstrip().endswith(AID)
