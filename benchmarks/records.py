"""How long a year of practice takes to open, and out and in: 3 sessions a day, 20,000 repetitions.

Run: python benchmarks/records.py [FOLDER]

The year is made in the folder, or in one that is deleted afterwards. The history and the report are
also run as the commands that a person types, each a program of its own that first loads Python.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import numpy as np
import pygame

from exercises import library
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.history_page import HistoryPage
from mirrorcoach.profile import Profile
from mirrorcoach.records.exchange import Parcel
from mirrorcoach.records.exporting import export_whole
from mirrorcoach.records.kept import Kept
from mirrorcoach.records.practices import Outline, PracticeRecord, Trace
from mirrorcoach.records.receiving import receive
from mirrorcoach.records.store import Store

DAYS, SESSIONS, REPETITIONS = 365, 3, 20_000
BEGAN = datetime(2025, 3, 3, 7, 0, tzinfo=timezone.utc)
EXERCISES = ("brow_lift", "eye_close_gentle", "smile_closed", "smile_open", "pucker", "snarl")
TIMES = 5
SIZE = 1280, 720


def repetition(
    index: int, exercise: str, start_s: float, mm: float, share: float
) -> dict[str, Any]:
    """A repetition with everything that a score can hold."""

    def side(of_mm: float) -> dict[str, Any]:
        return {
            "excursion_mm": round(of_mm, 2),
            "excursion_interval_mm": [round(0.93 * of_mm, 2), round(1.07 * of_mm, 2)],
            "onset_s": round(start_s + 0.31, 3),
            "peak_speed_mm_s": round(0.9 * of_mm, 2),
            "hold_spread_mm": round(0.03 * of_mm, 2),
        }

    return {
        "index": index,
        "exercise": exercise,
        "start_s": round(start_s, 3),
        "hold_start_s": round(start_s + 3.0, 3),
        "hold_end_s": round(start_s + 6.0, 3),
        "end_s": round(start_s + 9.0, 3),
        "measurable": True,
        "reasons": [],
        "left": side(mm),
        "right": side(share * mm),
        "symmetry": round(share, 3),
        "symmetry_interval": [round(share - 0.05, 3), round(share + 0.05, 3)],
        "weaker_side": "right",
        "path_agreement": 0.978,
        "onset_lag_s": 0.067,
        "returned": 0.941,
        "quiet": [
            {
                "region": region,
                "side": one,
                "change": round(0.04 + 0.1 * share, 3),
                "unit": "ratio" if region == "eye" else "mm",
                "interval": [-0.042, 0.182],
                "flag": "none",
            }
            for region in ("eye", "brow")
            for one in ("left", "right")
        ],
        "manner": [],
        "marks": {"evenness": 0.7, "calm": 1.0, "slowness": 1.0, "steadiness": 0.93, "rest": 1.0},
        "score": round(60.0 + 30.0 * share, 1),
    }


def at_rest(difference_mm: float) -> dict[str, Any]:
    """A resting face as `score` has it."""

    def known(mm: float) -> dict[str, Any]:
        return {"mm": round(mm, 2), "interval_mm": [round(mm - 0.6, 2), round(mm + 0.6, 2)]}

    return {
        "start_s": 2.0,
        "end_s": 4.0,
        "frames": 60,
        "noise_mm": {"mouth_corner": [0.08, 0.09]},
        "asymmetry": {
            "fissure_left": known(9.6),
            "fissure_right": known(9.6 - difference_mm),
            "fissure_difference": known(difference_mm),
            "commissure_difference": known(-0.4),
            "brow_difference": known(0.2),
            "reasons": [],
        },
    }


def year() -> Iterator[tuple[PracticeRecord, list[Trace | None], list[Outline]]]:
    """The practices of somebody who gets a little more even, in order."""
    rng = np.random.default_rng(1)
    curve = tuple((float(x), float(y)) for x, y in rng.normal(0.0, 40.0, (20, 2)))
    outlines = [Outline(one, {"oval": curve, "lips_outer": curve}) for one in (None, *EXERCISES)]
    sessions = DAYS * SESSIONS
    cuts = np.linspace(0, REPETITIONS, sessions + 1).astype(int)
    course = 6.0 * np.sin(np.linspace(0.0, np.pi, 137)) ** 2
    for number in range(sessions):
        day, hour = divmod(number, SESSIONS)
        count = int(cuts[number + 1] - cuts[number])
        even = 0.5 + 0.3 * number / sessions + rng.normal(0.0, 0.04, count)
        done = tuple(
            repetition(k, EXERCISES[k % len(EXERCISES)], 12.0 + 14.0 * k, 6.0, float(even[k]))
            for k in range(count)
        )
        traces: list[Trace | None] = [
            Trace(
                one["start_s"] - 1.0,
                12.5,
                "mm",
                *(tuple(side * course + rng.normal(0.0, 0.03, 137)) for side in (1.0, even[k])),
            )
            for k, one in enumerate(done)
        ]
        yield (
            PracticeRecord(
                number=number,
                started_at=BEGAN + timedelta(days=day, hours=5 * hour),
                programme="synkinesis",
                repetitions=done,
                answers=(),
                felt="as_usual",
                ending="done",
                practised_s=300.0,
                provenance={"mirrorcoach": "0.1.0", "scoring": 1},
                quality={"usable_ratio": 0.987, "refused": [], "remarks": []},
                rest=at_rest(float(rng.normal(0.6, 0.2))),
            ),
            traces,
            outlines,
        )


def make(folder: Path) -> None:
    """Write the year into a store, after somebody else's first day."""
    with Store.open(folder) as store:
        store.add(Profile(name="Ada"))
        store.turn_to(store.add(Profile(name="Ben")))
        for record, traces, outlines in year():
            store.restore(record, traces, outlines)


def fastest_s(what: Callable[[], object]) -> float:
    """The shortest of a few runs, in seconds."""
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        what()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def command(*words: str | Path) -> Callable[[], object]:
    """A command of mirrorcoach, as a program of its own."""
    line = [sys.executable, "-m", "mirrorcoach", *map(str, words)]
    return lambda: subprocess.run(line, check=True, capture_output=True)


def first_picture(records: Sequence[PracticeRecord]) -> None:
    """Make the window's page of progress and draw it once, on a canvas on which nothing was."""
    canvas = Canvas(*SIZE)
    canvas.begin(pygame.Surface(SIZE))
    HistoryPage(records, library.words(), records[-1].day).draw(canvas, 0.0)


def main(folder: Path) -> None:
    begun = time.perf_counter()
    make(folder)
    size_mb = sum(one.stat().st_size for one in folder.iterdir()) / 1e6
    print(f"a year written          {time.perf_counter() - begun:8.1f} s, {size_mb:.0f} MB")
    print(f"store opened            {fastest_s(lambda: Store.open(folder).close()):8.3f} s")
    with Store.open(folder, who=2) as store:
        records = store.practices()
        found = sum(len(one.repetitions) for one in records)
        assert (len(records), found) == (DAYS * SESSIONS, REPETITIONS)
        last = records[-1]
        print(f"every practice read     {fastest_s(store.practices):8.3f} s")
        print(f"what changed since      {fastest_s(lambda: store.practices(records)):8.3f} s")
        print(f"page of progress, drawn {fastest_s(lambda: first_picture(records)):8.3f} s")
        print(f"minutes of a day        {fastest_s(lambda: store.practised_s(last.day)):8.3f} s")
        print(f"courses of one practice {fastest_s(lambda: store.traces(last.number)):8.3f} s")
        number = store.begin("synkinesis", {})
        at = iter(range(1000))
        kept = fastest_s(lambda: store.keep(number, last.repetitions[0] | {"index": next(at)}))
        print(f"a repetition kept       {kept:8.3f} s")
    whose = "--data", folder, "--who", "Ben"
    print(f"mirrorcoach history     {fastest_s(command('history', *whose)):8.3f} s")
    page = folder / "report.html"
    wrote = fastest_s(command("report", *whose, "--out", page, "--force"))
    print(f"mirrorcoach report      {wrote:8.3f} s, {page.stat().st_size / 1e6:.1f} MB")
    file, elsewhere = folder / "ben.zip", folder / "elsewhere"
    begun = time.perf_counter()
    with Store.open(folder, who=2) as store:
        export_whole(Kept(store), file, BEGAN)
    print(f"exported                {time.perf_counter() - begun:8.1f} s")
    begun = time.perf_counter()
    with Parcel.open(file) as parcel, Store.open(elsewhere) as store:
        receive(store, parcel)
    print(f"imported                {time.perf_counter() - begun:8.1f} s")


if __name__ == "__main__":
    pygame.font.init()
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made))
