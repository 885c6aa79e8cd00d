"""Render the clips of the simulated patient into ``assets/demo``.

::

    python benchmarks/render_demo.py ../shared/truth                # all clips and their truth
    python benchmarks/render_demo.py ../shared/truth --only rest    # one of them
    python benchmarks/render_demo.py ../shared/truth --still look.png

The first argument is the folder of the renderer (``synthpatient``: a rigged face whose two
sides move by a known amount). It needs numpy, scipy, opencv, numba and the ``ffmpeg`` program;
nothing of it is needed to *play* the clips. Every number that makes the patient who they are
stands at the top of this file.
"""

from __future__ import annotations

import argparse
import csv
import functools
import json
import math
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np

FPS = 30
SIZE = (960, 720)
CRF = 20
OUT = Path(__file__).resolve().parents[1] / "assets" / "demo"

# --- who -----------------------------------------------------------------------------------
PERSON = {
    "id_seed": 108,
    "spread": 0.8,
    "look": {
        "seed": 9,
        "skin": [0.66, 0.41, 0.31],
        "lips": [0.52, 0.235, 0.21],
        "hair": [0.36, 0.345, 0.33],
        "brow": [0.15, 0.125, 0.105],
        "brow_hairs": 480,
        "brow_strength": 0.80,
        "freckles": 90,
        "cloth": [0.05, 0.10, 0.13],
    },
    "iris": [0.10, 0.16, 0.22],
}
LIGHT = {"az": 12, "el": 27, "key": 0.60, "fill": 0.36, "ambient": 0.50, "warm": 0.06}
CAMERA = {"noise": 1.4, "blur": 0.5}
FOV, DISTANCE = 38.0, 40.5
REST = {"droop_R": 0.3, "smile": 0.08}  # and a friendly mouth
LID_REST = 0.15

# --- what: one repetition each. Amplitudes are of the renderer's full movement. ------------
NEUTRAL, RISE, HOLD, FALL, AFTER = 0.5, 2.0, 2.0, 3.0, 1.0
REST_S, BLINK_AT = 6.0, 3.3
CLIPS: dict[str, dict[str, Any]] = {
    "brow_lift": {"move": "brow_raise", "left": 0.70, "share": 0.25},
    "eye_close_gentle": {"move": "eye_close", "left": 1.00, "share": 0.70},
    "smile_open": {"move": "smile_open", "left": 0.70, "share": 0.40, "eye": 0.35},
    "snarl": {"move": "snarl", "left": 0.60, "share": 0.35, "eye": 0.20},
    "pucker": {"move": "pucker", "left": 0.70, "share": 0.50, "eye": 0.30},
    "ee_lowerlip": {"move": "lower_lip", "left": 0.70, "share": 0.30},
    "smile_open_calm": {"move": "smile_open", "left": 0.42, "share": 0.70, "eye": 0.07},
    "pucker_calm": {"move": "pucker", "left": 0.42, "share": 0.75, "eye": 0.06},
}


def sway(seconds: float, seed: int, size: float) -> dict[str, list[list[float]]]:
    """Keyframes of a small head motion that begins and ends at exactly zero, at rest."""
    n = round(seconds * FPS)
    u = np.arange(n) / (n - 1)
    ramp = np.clip(np.minimum(u, 1 - u) * seconds / 1.0, 0, 1)
    ramp = ramp**3 * (10 - 15 * ramp + 6 * ramp**2)
    rng = np.random.default_rng(seed)
    out = {}
    for axis, amplitude in {
        "yaw": 1.2, "pitch": 0.8, "roll": 0.7, "tx": 0.15, "ty": 0.08, "tz": 0.15,
    }.items():  # fmt: skip  # degrees and centimetres
        phase, rate = rng.uniform(0, 2 * np.pi, 3), rng.uniform([0.10, 0.2, 0.4], [0.16, 0.3, 0.6])
        wave = sum(
            c * np.sin(2 * np.pi * f * u * seconds + p)
            for c, f, p in zip((0.6, 0.3, 0.1), rate, phase, strict=True)
        )
        v = size * amplitude * ramp * wave
        out[axis] = [[i / FPS, round(float(x), 5)] for i, x in enumerate(v)]
    return out


def script(name: str) -> dict[str, Any]:
    """What the renderer is asked for."""
    s: dict[str, Any] = {
        "fps": FPS, "size": list(SIZE), "person": PERSON, "light": LIGHT, "camera": CAMERA,
        "fov": FOV, "distance": DISTANCE, "rest": REST, "lid_rest": LID_REST,
    }  # fmt: skip
    seed = sorted(["rest", *CLIPS]).index(name)
    s["seed"] = 100 + seed
    if name == "rest":
        s["seconds"] = REST_S
        s["blinks"] = [{"t": BLINK_AT, "left": 1.0, "right": 0.75}]
        s["pose"] = sway(REST_S, s["seed"], 0.6)
        return s
    c = CLIPS[name]
    s["seconds"] = NEUTRAL + RISE + HOLD + FALL + AFTER
    e: dict[str, Any] = {
        "move": c["move"], "left": c["left"], "right": round(c["left"] * c["share"], 4),
        "start": NEUTRAL, "rise": RISE, "hold": HOLD, "fall": FALL, "rest": AFTER,
    }  # fmt: skip
    if "eye" in c:
        e["synkinesis"] = {"eyeBlink_R": c["eye"]}
    s["exercises"] = [e]
    s["pose"] = sway(s["seconds"], s["seed"], 1.0)
    return s


# --- the room and the years ----------------------------------------------------------------
def room(size: tuple[int, int]) -> np.ndarray:
    """Linear RGB: a plain wall in soft light, and the back of an armchair, out of focus."""
    w, h = size
    y, x = np.mgrid[0:h, 0:w].astype(np.float32)
    x, y = x / w, y / h
    light = 1.10 - 0.38 * np.hypot((x - 0.66) * 1.1, (y - 0.22) * 0.9)
    wall = np.array([0.44, 0.445, 0.40], np.float32) * light[..., None]
    chair = np.zeros((h, w), np.float32)
    top, side, r = int(0.56 * h), int(0.13 * w), int(0.10 * w)
    cv2.rectangle(chair, (side + r, top), (w - side - r, h), 1.0, -1)
    cv2.rectangle(chair, (side, top + r), (w - side, h), 1.0, -1)
    for cx in (side + r, w - side - r):
        cv2.circle(chair, (cx, top + r), r, 1.0, -1)
    chair = cv2.GaussianBlur(chair, (0, 0), 0.014 * w)[..., None]
    cloth = np.array([0.30, 0.245, 0.19], np.float32) * (light * (1.20 - 0.40 * y))[..., None]
    return np.ascontiguousarray(wall * (1 - chair) + cloth * chair)


@functools.cache
def lines(rig: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shadow and light of a face of about sixty, and a softer inner end of the brows.

    All in the renderer's texture; its own skin is young. The lines move with the skin but do
    not deepen with a movement.
    """
    from scipy.interpolate import CubicSpline
    from synthpatient import texture

    p = texture._posmap(rig)
    x, y, front = p[..., 0], p[..., 1], p[..., 2] > 4.0
    dark, lit = np.zeros(x.shape, np.float32), np.zeros(x.shape, np.float32)

    def crease(points: list[tuple[float, float]], width: float, depth: float) -> None:
        q = np.asarray(points, float)
        c = CubicSpline(np.arange(len(q)), q)(np.linspace(0, len(q) - 1, 40))
        taper = np.sin(np.pi * np.arange(1, 41) / 41) ** 0.6
        for side, wobble in ((1, 0.0), (-1, 0.04)):
            at = np.c_[side * (c[:, 0] + wobble), c[:, 1] + wobble]
            near = front & (x > at[:, 0].min() - 1) & (x < at[:, 0].max() + 1)
            near &= (y > at[:, 1].min() - 1) & (y < at[:, 1].max() + 1)
            here = np.c_[x[near], y[near]]
            d = np.linalg.norm(here[:, None] - at, axis=2)
            shade = depth * taper[d.argmin(1)] * np.exp(-((d.min(1) / width) ** 2))
            d = np.linalg.norm(here[:, None] - at - [side * width, -width], axis=2)
            glow = 0.35 * depth * taper[d.argmin(1)] * np.exp(-((d.min(1) / width) ** 2))
            dark[near] = np.maximum(dark[near], shade)
            lit[near] = np.maximum(lit[near], glow)

    crease([(1.62, -0.45), (2.35, -1.35), (2.95, -2.45), (3.25, -3.5)], 0.14, 0.20)
    crease([(2.78, -3.95), (3.0, -4.6), (3.02, -5.4)], 0.14, 0.12)
    crease([(1.85, 2.65), (2.6, 2.15), (3.5, 2.05), (4.4, 2.5)], 0.13, 0.13)
    crease([(2.0, 2.3), (2.8, 1.55), (3.8, 1.35)], 0.20, 0.06)
    for end in ((5.75, 4.15), (6.0, 3.55), (5.95, 2.95), (5.6, 2.3)):
        mid = (5.25, 3.35 + 0.45 * (end[1] - 3.35))
        crease([(4.85, 3.35 + 0.12 * (end[1] - 3.35)), mid, end], 0.05, 0.15)
    for high, reach in ((7.0, 2.9), (7.65, 3.5), (8.3, 3.0)):
        crease([(-0.6, high - 0.06), (0.9, high), (0.7 * reach, high + 0.16), (reach, high - 0.05)],
               0.07, 0.085)  # fmt: skip
    crease([(0.42, 5.35), (0.52, 5.9), (0.5, 6.5)], 0.06, 0.11)
    inner = np.clip((1.95 - np.abs(x)) / 0.95, 0, 1) * np.clip((np.abs(x) - 0.6) / 0.3, 0, 1)
    inner *= front * np.clip((1.3 - np.abs(y - 5.9)) / 0.5, 0, 1)
    return dark, lit, inner.astype(np.float32)


def dress(patient: Any) -> None:
    """Give the renderer's person their room, their years and shoulders that leave the picture."""
    r = patient.r
    r.bg = room(SIZE)
    dark, lit, inner = lines(patient.rig)
    tint = np.array([1.0, 0.97, 0.95], np.float32) ** (8 * dark[..., None])
    col = r.tex[..., :3] * (1 - dark + lit)[..., None] * tint
    skin = np.array(PERSON["look"]["skin"], np.float32) * 0.95
    soft = 0.75 * inner[..., None]
    r.tex[..., :3] = np.clip(col * (1 - soft) + skin * soft, 0.003, 1)
    low = np.clip((-10.5 - r.rest[:, 1]) / 7.0, 0, 1)
    r.rest[:, 0] *= 1 + 0.75 * low**2 * (3 - 2 * low)


def actor(name: str, rig: Any) -> Any:
    """Return the renderer, dressed."""
    from synthpatient.generate import Patient

    patient = Patient(script(name), rig)
    dress(patient)
    return patient


# --- the film and its truth ----------------------------------------------------------------
class Film:
    """An MP4 that a browser and OpenCV both play."""

    def __init__(self, path: Path) -> None:
        command = [
            "ffmpeg", "-loglevel", "error", "-y",
            "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", f"{SIZE[0]}x{SIZE[1]}", "-r", str(FPS),
            "-i", "-", "-an", "-c:v", "libx264", "-threads", "1", "-preset", "slow",
            "-crf", str(CRF), "-g", "300", "-x264-params", "aq-mode=3", "-pix_fmt", "yuv420p",
            "-colorspace", "smpte170m", "-color_primaries", "smpte170m",
            "-color_trc", "smpte170m", "-color_range", "tv",
            "-fflags", "+bitexact", "-flags:v", "+bitexact", "-movflags", "+faststart", str(path),
        ]  # fmt: skip
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE)

    def write(self, image: np.ndarray) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(image.tobytes())

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        if self.process.wait():
            raise SystemExit("ffmpeg failed")


def write_table(path: Path, frames: list[dict[str, Any]]) -> None:
    """One row per frame: time, label, the movements that are not constant, metrics, pose."""
    moves = [
        k for k in sorted(frames[0]["moves"])
        if any(f["moves"][k] != frames[0]["moves"][k] for f in frames)
    ]  # fmt: skip
    metrics = sorted(frames[0]["metrics"])
    pose = [k for k in sorted(frames[0]["pose"]) if k != "scale"]
    with path.open("w", newline="", encoding="utf-8") as f:
        out = csv.writer(f, lineterminator="\n")
        out.writerow(["frame", "t", "label", *moves, *metrics, *pose])
        for r in frames:
            out.writerow(
                [r["frame"], round(r["t"], 4), r["label"]]
                + [round(r["moves"][k], 4) for k in moves]
                + [round(r["metrics"][k], 3) + 0.0 for k in metrics]
                + [round(r["pose"][k], 4) + 0.0 for k in pose]
            )


METRIC = {  # clip -> how the movement of one side is measured
    "brow_raise": ("brow_mm",),
    "eye_close": ("aperture_lost_mm",),
    "smile_open": ("corner_mm",),
    "snarl": ("upper_lip_mm", "ala_mm"),
    "pucker": ("corner_inward_mm",),
    "lower_lip": ("lower_lip_mm",),
}


def excursion(metric: str, side: str, at: dict[str, float], rest: dict[str, float]) -> float:
    """Movement of one side in mm, from the patient's own (drooping) rest."""

    def change(name: str) -> float:
        return at[f"{name}_{side}"] - rest[f"{name}_{side}"]

    if metric == "corner_mm":
        return math.hypot(change("corner_dx_mm"), change("corner_dy_mm"))
    if metric == "corner_inward_mm":
        return -change("corner_dx_mm")
    if metric == "aperture_lost_mm":
        return -change("aperture_mm")
    return change(metric)


def summary(name: str, frames: list[dict[str, Any]]) -> dict[str, Any]:
    """What is true of a clip, in a few numbers."""
    rest = frames[0]["metrics"]
    out: dict[str, Any] = {"frames": len(frames), "seconds": round(len(frames) / FPS, 3)}
    out["rest_aperture_mm"] = {
        "left": round(rest["aperture_mm_L"], 2), "right": round(rest["aperture_mm_R"], 2),
    }  # fmt: skip
    if name == "rest":
        closed = [f["t"] for f in frames if f["moves"]["eyeBlink_L"] > 0.01]
        return out | {
            "exercise": None,
            "blink_start_s": round(min(closed), 3),
            "blink_end_s": round(max(closed) + 1 / FPS, 3),
        }
    clip = CLIPS[name]
    held = [f for f in frames if f["label"].endswith(":hold")]
    at = {k: float(np.mean([f["metrics"][k] for f in held])) for k in rest}
    out |= {
        "exercise": name.removesuffix("_calm"),
        "calm": name.endswith("_calm"),
        "rise_start_s": NEUTRAL,
        "hold_start_s": round(held[0]["t"], 3),
        "hold_end_s": round(held[-1]["t"] + 1 / FPS, 3),
        "let_go_end_s": NEUTRAL + RISE + HOLD + FALL,
        "movements": {},
    }
    for metric in METRIC[clip["move"]]:
        left, right = (excursion(metric, side, at, rest) for side in "LR")
        out["movements"][metric] = {
            "left_mm": round(left, 2),
            "right_mm": round(right, 2),
            "symmetry": round(min(left, right) / max(left, right), 3),
        }
    out["eye_narrowing"] = {
        name_: round(1 - at[f"aperture_mm_{side}"] / rest[f"aperture_mm_{side}"], 3) + 0.0
        for name_, side in (("left", "L"), ("right", "R"))
    }
    return out


ABOUT = {
    "measures": "change from the first frame (the patient's own rest, droop included) to the mean "
    "over the hold; left and right are the person's own; millimetres on the rig's anatomical "
    "points",
    "symmetry": "smaller movement divided by larger",
    "eye_narrowing": "share of the eye's own resting opening that is lost at the hold",
    "corner_mm": "length of the mouth corner's displacement in the frontal plane",
    "corner_inward_mm": "mouth corner's movement towards the midline",
}


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    ask.add_argument("truth", type=Path, help="folder that holds the synthpatient package")
    ask.add_argument("--only", action="append", choices=["rest", *CLIPS], help="may be repeated")
    ask.add_argument("--out", type=Path, default=OUT)
    ask.add_argument("--still", type=Path, help="write one mid-hold picture per clip and stop")
    a = ask.parse_args()
    if not (a.truth / "synthpatient" / "generate.py").is_file():
        ask.error(f"no synthpatient package in {a.truth}")
    sys.path.insert(0, str(a.truth.resolve()))
    from synthpatient.rig import Rig

    rig = Rig()
    names = a.only or ["rest", *CLIPS]
    if a.still:
        at = round((NEUTRAL + RISE + HOLD / 2) * FPS)
        row = [actor(n, rig).render(0 if n == "rest" else at)[0] for n in names]
        while len(row) % 3 and len(row) > 3:
            row.append(np.zeros_like(row[0]))
        sheet = [np.hstack(row[i : i + 3]) for i in range(0, len(row), 3)]
        cv2.imwrite(str(a.still), np.vstack(sheet))
        return 0
    a.out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(
        a.truth / "synthpatient" / "data" / "LICENSE-ICT-FaceKit.txt",
        a.out / "LICENSE-ICT-FaceKit.txt",
    )
    book = a.out / "truth.json"
    known = json.loads(book.read_text(encoding="utf-8"))["clips"] if book.is_file() else {}
    for name in names:
        film, frames = Film(a.out / f"{name}.mp4"), []
        for _, image, truth, _ in actor(name, rig):
            film.write(image)
            frames.append(truth)
        film.close()
        write_table(a.out / f"{name}.truth.csv", frames)
        known[name] = summary(name, frames)
        clips = {n: known[n] for n in ["rest", *CLIPS] if n in known}
        text = json.dumps({"version": 1, "fps": FPS, "about": ABOUT, "clips": clips}, indent=2)
        book.write_text(text + "\n", encoding="utf-8")
        size = (a.out / f"{name}.mp4").stat().st_size
        print(f"{name}: {len(frames)} frames, {size / 1e6:.2f} MB", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
