"""Courses and contours in few bytes: whole numbers of a small step, as compressed JSON.

Ten seconds of both sides take about 400 bytes, a face about 600.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from mirrorcoach.records.practices import Outline, Trace

STEP = {"mm": 0.01, "share": 0.001}
"""What a trace is rounded to, by its unit: far less than anything can be told apart by."""

OUTLINE_STEP_MM = 0.1


class NotPacked(ValueError):
    """The bytes are not what this module wrote."""


def pack_trace(trace: Trace) -> bytes:
    """A trace as bytes.

    Raises
    ------
    ValueError
        If its sides are not equally long.
    """
    if len(trace.left) != len(trace.right):
        raise ValueError(
            f"both sides of a trace have as many values, got {len(trace.left)} of the left and "
            f"{len(trace.right)} of the right"
        )
    step = STEP[trace.unit]
    return _packed(
        {
            "start_s": round(trace.start_s, 3),
            "rate_hz": trace.rate_hz,
            "unit": trace.unit,
            "left": [None if one is None else round(one / step) for one in trace.left],
            "right": [None if one is None else round(one / step) for one in trace.right],
        }
    )


def unpack_trace(content: bytes) -> Trace:
    """A trace again, rounded to a step of its unit.

    Raises
    ------
    NotPacked
        If the bytes are damaged.
    """
    read = _unpacked(content)
    try:
        per_unit = round(1.0 / STEP[read["unit"]])
        return Trace(
            start_s=read["start_s"],
            rate_hz=read["rate_hz"],
            unit=read["unit"],
            left=_values(read["left"], per_unit),
            right=_values(read["right"], per_unit),
        )
    except (KeyError, TypeError) as error:
        raise NotPacked("a trace was expected") from error


def pack_outline(curves: Mapping[str, Sequence[tuple[float, float]]]) -> bytes:
    """The curves of an outline as bytes."""
    step = OUTLINE_STEP_MM
    return _packed(
        {
            name: [[round(x / step), round(y / step)] for x, y in curve]
            for name, curve in curves.items()
        }
    )


def unpack_outline(exercise: str | None, content: bytes) -> Outline:
    """An outline again, rounded to a tenth of a millimetre.

    Raises
    ------
    NotPacked
        If the bytes are damaged.
    """
    per_mm = round(1.0 / OUTLINE_STEP_MM)
    try:
        curves = {
            name: tuple((x / per_mm, y / per_mm) for x, y in curve)
            for name, curve in _unpacked(content).items()
        }
    except (AttributeError, TypeError, ValueError) as error:
        raise NotPacked("an outline was expected") from error
    return Outline(exercise, curves)


def _values(steps: Sequence[int | None], per_unit: int) -> tuple[float | None, ...]:
    return tuple(None if one is None else one / per_unit for one in steps)


def _packed(content: Mapping[str, Any]) -> bytes:
    return zlib.compress(json.dumps(content, separators=(",", ":")).encode("ascii"), 9)


def _unpacked(content: bytes) -> dict[str, Any]:
    try:
        read: dict[str, Any] = json.loads(zlib.decompress(content))
    except (zlib.error, ValueError) as error:
        raise NotPacked(str(error)) from error
    return read
