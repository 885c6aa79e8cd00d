"""Score one recording: a video in, a folder of results out."""

from __future__ import annotations

import contextlib
import csv
import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from exercises import library
from exercises.order import asked_in_order
from exercises.repetition import Asked, measure_of
from exercises.score import RepetitionScore, score_exercise, score_session
from exercises.scoring import score_asked
from landmarks.frame import Frame
from landmarks.meter import FaceMeter, readings
from landmarks.regions import Side
from landmarks.rest import Rest
from landmarks.signals import Signals
from mirrorcoach.capture.videofile import VideoFile
from mirrorcoach.errors import InputError
from mirrorcoach.video import document
from mirrorcoach.video.plan import Plan
from mirrorcoach.video.remarks import sentence

Progress = Callable[[float], None]
"""Told how many seconds of the recording have been measured."""


@dataclass(frozen=True)
class Scored:
    """What came of one recording.

    Attributes
    ----------
    document : dict
        The object of ``score.json``.
    folder : Path
        Where the files lie.
    problem : str or None
        Why nothing was measurable; None if something was.
    remarks : tuple of str
        What a person should know about the recording itself.
    """

    document: dict[str, Any]
    folder: Path
    problem: str | None
    remarks: tuple[str, ...]


def score_repetitions(
    signals: Signals, rest: Rest | None, cues: tuple[Asked, ...]
) -> list[RepetitionScore]:
    """Score every stretch in which something was asked for, in order of time."""
    catalogue = library.exercises()
    scores: list[RepetitionScore] = []
    for place, asked in enumerate(cues):
        scores += score_asked(
            signals,
            rest,
            catalogue[asked.exercise],
            asked,
            first_index=len(scores),
            not_before_s=cues[place - 1].end_s if place else float("-inf"),
            not_after_s=cues[place + 1].start_s if place + 1 < len(cues) else float("inf"),
        )
    return scores


def score_video(
    path: Path,
    plan: Plan,
    folder: Path,
    *,
    affected: Side | None = None,
    mirrored: bool = False,
    ipd_mm: float | None = None,
    annotate: bool = False,
    language: str = "en",
    progress: Progress | None = None,
) -> Scored:
    """Measure and score one video, and write its files.

    Parameters
    ----------
    path : Path
        The video.
    plan : Plan
        What was asked for in it.
    folder : Path
        Where ``score.json``, ``report.html``, ``repetitions.csv``, ``signals.csv`` and
        ``annotated.mp4`` go. It is made if need be; files of an earlier scoring are replaced once
        the new ones are whole.
    affected : {"left", "right"}, optional
        The affected side, as the person says; it is passed on and changes no number.
    mirrored : bool
        Whether the file is a mirrored, selfie-style picture.
    ipd_mm : float, optional
        Distance between the person's pupils; without it the scale comes from the irises.
    annotate : bool
        Whether to write the annotated video too.
    language : str
        Of ``report.html``; the other files have one language only.
    progress : callable, optional
        Told the time of the last measured frame.

    Raises
    ------
    InputError
        If the video cannot be read or the folder cannot be written.
    """
    with VideoFile(path, mirrored=mirrored) as video, contextlib.ExitStack() as stack:
        files = stack.enter_context(_Files(folder))
        signals = Signals()
        meter = stack.enter_context(FaceMeter(ipd_mm))
        table = files.table("signals.csv", document.SIGNAL_COLUMNS)
        frames: Iterator[Frame] = iter(video)
        annotator = None
        if annotate:
            from mirrorcoach.video.annotate import Annotator

            annotator = stack.enter_context(
                Annotator(files.place("annotated.mp4"), video.info, plan)
            )
            frames = annotator.watching(frames)
        most_faces = 0
        for reading in readings(frames, meter, plan.resting, ahead=True):
            signals.append(reading)
            most_faces = max(most_faces, reading.faces)
            table(document.signal_row(reading))
            if annotator is not None:
                annotator.write(reading)
            if progress is not None:
                progress(reading.time_s)
        rest = meter.rest
        repetitions = _repetitions(signals, rest, plan)
        remarks = _remarks(video, plan, rested=rest is not None, faces=most_faces)
        info = video.measured
        content = {
            "schema": document.SCHEMA,
            "source": {
                "file": os.fsencode(path.name).decode("utf-8", "replace"),
                "sha256": video.sha256(),
                "duration_s": _rounded(info.duration_s),
                "frames": info.frames,
                "fps": _rounded(info.fps),
                "width": info.width,
                "height": info.height,
                "rotation_deg": info.rotation_deg,
                "mirrored": info.mirrored,
            },
            "provenance": document.provenance(plan.options),
            "affected": affected,
            "scale": document.scale_object(rest),
            "rest": document.rest_object(rest),
            **scores_objects(repetitions),
            "quality": document.quality_object(signals, remarks),
        }
        rows = files.table("repetitions.csv", document.REPETITION_COLUMNS)
        for one in content["repetitions"]:
            rows(document.repetition_row(one))
        files.write("score.json", json.dumps(content, indent=1, ensure_ascii=False) + "\n")
        files.write("report.html", _report(content, signals, repetitions, language))
        if annotator is not None and annotator.note is not None:
            remarks += (annotator.note,)
        return Scored(content, folder, _problem(content), remarks)


def scores_objects(repetitions: list[RepetitionScore]) -> dict[str, Any]:
    """The entries ``repetitions``, ``exercises`` and ``session`` of a score."""
    names = list(dict.fromkeys(one.exercise for one in repetitions))
    exercises = [
        score_exercise(name, [one for one in repetitions if one.exercise == name]) for name in names
    ]
    listed, session = document.session_object(exercises, score_session(exercises))
    return {
        "repetitions": [document.repetition_object(one) for one in repetitions],
        "exercises": listed,
        "session": session,
    }


def _repetitions(signals: Signals, rest: Rest | None, plan: Plan) -> list[RepetitionScore]:
    if plan.cues is not None:
        return score_repetitions(signals, rest, plan.cues)
    catalogue = library.exercises()
    order = [catalogue[name] for name in plan.in_order if measure_of(catalogue[name]) is not None]
    if not order or not len(signals):
        return []
    if rest is None:
        end_s = float(signals.time_s[-1])
        asked = [Asked(exercise.id, 0.0, end_s) for exercise in order]
    else:
        asked = asked_in_order(signals, rest, order)
    return score_repetitions(signals, rest, tuple(asked))


def _report(
    content: dict[str, Any],
    signals: Signals,
    repetitions: Sequence[RepetitionScore],
    language: str,
) -> str:
    """The page that tells a person what was measured."""
    from mirrorcoach.records.report.composing import compose
    from mirrorcoach.records.report.page import html
    from mirrorcoach.records.report.sources import from_score
    from mirrorcoach.records.tracing import trace_of

    catalogue = library.exercises()
    traces = [trace_of(signals, catalogue[one.exercise], one) for one in repetitions]
    return html(compose(from_score(content, traces), language))


def _problem(content: dict[str, Any]) -> str | None:
    """Why nothing was measurable, in a sentence, or None."""
    repetitions = content["repetitions"]
    if any(one["measurable"] for one in repetitions):
        return None
    refused = sorted(content["quality"]["refused"], key=lambda one: -(one["seconds"] or 0.0))
    if content["rest"] is None:
        others = [one["reason"] for one in refused]
        return others[0] if others else "The video has too few pictures."
    if repetitions:
        return str(repetitions[0]["reasons"][0])
    return None


def _remarks(video: VideoFile, plan: Plan, rested: bool, faces: int) -> tuple[str, ...]:
    remarks = []
    if faces > 1:
        remarks.append(sentence("several_faces"))
    if video.damaged_packets:
        remarks.append(sentence("damaged", n=video.damaged_packets))
    if video.dropped_frames:
        remarks.append(sentence("dropped", n=video.dropped_frames))
    if video.short_by_s is not None:
        remarks.append(sentence("cut_short", seconds=f"{video.short_by_s:.1f}"))
    if rested and plan.cues is None and not plan.in_order:
        remarks.append(sentence("not_scored"))
    return tuple(remarks)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


class _Files:
    """Files that appear in their folder only when all of them are whole."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: list[str] = []
        self._open = contextlib.ExitStack()

    def __enter__(self) -> _Files:
        with _writing(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            with _writing(self._folder):
                self._open.close()
                if kind is None:
                    for name in self._names:
                        self.place(name).replace(self._folder / name)
        finally:
            with contextlib.suppress(OSError):
                for name in self._names:
                    self.place(name).unlink(missing_ok=True)

    def place(self, name: str) -> Path:
        """Where a file is written until it is whole."""
        if name not in self._names:
            self._names.append(name)
        stem, dot, ending = name.rpartition(".")
        return self._folder / f"{stem}.part{dot}{ending}"

    def write(self, name: str, text: str) -> None:
        """Write a whole text file."""
        with _writing(self._folder):
            self.place(name).write_text(text, encoding="utf-8")

    def table(self, name: str, columns: Sequence[str]) -> Callable[[Sequence[Any]], None]:
        """Begin a CSV file; the result writes one row."""
        with _writing(self._folder):
            handle = self.place(name).open("w", newline="", encoding="utf-8")
        self._open.enter_context(handle)
        writer = csv.writer(handle)

        def write_row(values: Sequence[Any]) -> None:
            with _writing(self._folder):
                writer.writerow(values)

        write_row(columns)
        return write_row


@contextlib.contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise InputError(
            f"The results cannot be written to {folder}: {error.strerror}. A folder with room in "
            "it that you may write to was expected. Name another one with -o."
        ) from error
