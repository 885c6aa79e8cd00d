"""What works on this computer, in lines that can be pasted into a bug report."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version

from mirrorcoach import __version__
from mirrorcoach.folders import data_folder

PACKAGES = (
    "mediapipe",
    "opencv-contrib-python",
    "numpy",
    "numba",
    "scipy",
    "pygame-ce",
    "av",
    "pydantic",
    "SQLAlchemy",
    "pyttsx3",
)


def examine() -> Iterator[str]:
    """Check everything, one line after the other; nothing is recorded and no line fails."""
    yield f"mirrorcoach  {__version__}"
    yield f"python       {sys.version.split()[0]} on {platform.platform()}"
    for package in PACKAGES:
        yield f"{package:22} {_version(package)}"
    yield f"data folder  {data_folder()}"
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("camera", _camera),
        ("screen", _screen),
        ("voice", _voice),
        ("tracker", _tracker),
    )
    for name, check in checks:
        try:
            yield f"{name:12} {check()}"
        except Exception as error:  # a doctor reports, whatever it finds
            yield f"{name:12} no: {type(error).__name__}: {str(error).splitlines()[0]}"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"


def _camera() -> str:
    from mirrorcoach.capture.camera import Camera

    with Camera(0) as camera:
        frame = camera.poll(5.0)
        if frame is None:
            return "no: camera 0 opened but sent no picture within 5 s"
        height, width = frame.image.shape[:2]
        return f"ok: camera 0 sends {width} x {height}"


def _screen() -> str:
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    import pygame

    pygame.display.init()
    try:
        sizes = pygame.display.get_desktop_sizes()
        if pygame.display.get_driver() in ("offscreen", "dummy"):
            return "no: no screen was found; demo --headless works without one"
        width, height = sizes[0] if sizes else (0, 0)
        return f"ok: {width} x {height}, driver {pygame.display.get_driver()}"
    finally:
        pygame.display.quit()


def _voice() -> str:
    from mirrorcoach.live.voice import SPEAKS_HERE

    if not SPEAKS_HERE:
        return "no: mirrorcoach cannot speak on this system yet"
    import pyttsx3

    engine = pyttsx3.init()
    voices = engine.getProperty("voices")
    return f"ok: {len(voices)} offline voices"


def _tracker() -> str:
    import assets
    from landmarks.meter import FaceMeter
    from mirrorcoach.capture.videofile import VideoFile

    with assets.path("demo/rest.mp4") as path, VideoFile(path) as video, FaceMeter() as meter:
        for frame in video:
            meter.read(frame)
            if meter.rest is not None:
                seen = f"rest found after {frame.time_s:.1f} s of the bundled film"
                return f"ok: {seen}, {meter.rest.mm_per_px:.2f} mm a pixel"
    return "no: no resting face was found in the bundled film"
