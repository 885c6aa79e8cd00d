"""Draw one moment of every page of the window, and lay the pictures on a few sheets.

::

    python docs/window/contact_sheet.py
    python docs/window/contact_sheet.py --full FOLDER

Writes the sheets beside this file; ``--full`` also writes every picture at its own size.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pygame
from numpy.typing import NDArray

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from samples import Sample, film, samples

from mirrorcoach.live import texts
from mirrorcoach.live.canvas import Canvas
from mirrorcoach.live.page import Page
from mirrorcoach.live.theme import LIGHT, THEMES, Look
from mirrorcoach.profile import Settings
from mirrorcoach.quietly import native_noise_hidden

HERE = Path(__file__).resolve().parent
WIDTH, GAP, LABEL_H = 1600, 16, 26
QUALITY = 82
AT_S = (0.0, 5.0)
"""The second frame shows what the first has begun."""

Picture = NDArray[np.uint8]


@dataclass(frozen=True)
class Sheet:
    """Every sample, or some of them, in one layout."""

    name: str
    size: tuple[int, int]
    settings: Settings
    columns: int = 4
    only: tuple[str, ...] = ()


SHEETS = (
    Sheet("light", (1280, 720), Settings(language="en")),
    Sheet("dark", (1280, 720), Settings(language="fr", colours="dark")),
    Sheet("high_contrast", (1280, 720), Settings(language="en", colours="high_contrast")),
    Sheet("large_text", (1280, 720), Settings(language="fr", text_percent=200)),
    Sheet("small_window", (800, 600), Settings(language="en"), 5),
    Sheet("small_window_large_text", (800, 600), Settings(language="fr", text_percent=200), 5),
    Sheet("large_window", (2560, 1440), Settings(language="en"), 2, ("Home", "Mirror")),
)


def picture(page: Page, sheet: Sheet) -> Picture:
    """A page at its own size; red, green, blue."""
    settings = sheet.settings
    look = Look(THEMES[settings.colours], settings.text_percent)
    canvas = Canvas(*sheet.size, look, texts.load(settings.language))
    target = pygame.Surface(sheet.size)
    for now_s in AT_S:
        canvas.begin(target)
        page.draw(canvas, now_s)
    return np.ascontiguousarray(pygame.surfarray.array3d(target).swapaxes(0, 1))


def laid_out(pictures: Sequence[tuple[str, Picture]], columns: int) -> Picture:
    """Pictures side by side, each with its name above it."""
    width = (WIDTH - GAP) // columns - GAP
    first = pictures[0][1]
    height = round(width * first.shape[0] / first.shape[1])
    step = height + LABEL_H + GAP
    rows = -(-len(pictures) // columns)
    sheet = np.full((rows * step + GAP, WIDTH, 3), LIGHT.sunk, dtype=np.uint8)
    for number, (name, one) in enumerate(pictures):
        row, column = divmod(number, columns)
        x, y = GAP + column * (width + GAP), GAP + row * step
        cv2.putText(
            sheet,
            name,
            (x, y + LABEL_H - 9),
            cv2.FONT_HERSHEY_SIMPLEX,
            0.5,
            LIGHT.ink,
            1,
            cv2.LINE_AA,
        )
        small = cv2.resize(one, (width, height), interpolation=cv2.INTER_AREA)
        sheet[y + LABEL_H : y + LABEL_H + height, x : x + width] = small
    return sheet


def write(file: Path, image: Picture) -> None:
    """Write a JPEG or PNG file."""
    given = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
    if not cv2.imwrite(str(file), given, [cv2.IMWRITE_JPEG_QUALITY, QUALITY]):
        raise SystemExit(f"{file} cannot be written; is the folder there?")


def main(wanted: Sequence[str], full: Path | None) -> None:
    """Write the sheets that were asked for, or all."""
    os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
    pygame.display.init()
    pygame.font.init()
    with native_noise_hidden():
        usual, calm = film(), film(calmer=True)
    for sheet in SHEETS:
        if wanted and sheet.name not in wanted:
            continue
        shown: list[Sample] = [
            one
            for one in samples(sheet.settings, usual, calm)
            if not sheet.only or one.name in sheet.only
        ]
        pictures = [(one.name, picture(one.make(), sheet)) for one in shown]
        write(HERE / f"{sheet.name}.jpg", laid_out(pictures, sheet.columns))
        if full is not None:
            for number, (_, image) in enumerate(pictures):
                write(full / f"{sheet.name}_{number:02}.png", image)


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    asked.add_argument("sheets", nargs="*", help="only these: " + ", ".join(s.name for s in SHEETS))
    asked.add_argument("--full", type=Path, help="folder for every picture at its own size")
    given = asked.parse_args()
    main(given.sheets, given.full)
