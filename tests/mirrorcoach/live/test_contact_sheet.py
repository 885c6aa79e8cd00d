"""Every page has a moment that is shown, and each can be read and pressed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import pytest
from layouts import LAYOUTS, Draw, Layout

from exercises import library
from mirrorcoach.live.actions import Place
from mirrorcoach.profile import Settings

FILE = Path(__file__).resolve().parents[3] / "docs" / "window" / "samples.py"
SOME = [
    Layout((1280, 720), "light", 150, "en"),
    *(layout for layout in LAYOUTS if layout.percent == 200 and layout.language == "fr"),
    Layout((1280, 720), "dark", 100, "fr"),
    Layout((800, 600), "high_contrast", 100, "fr"),
]


@pytest.fixture(scope="module")
def samples() -> ModuleType:
    spec = importlib.util.spec_from_file_location("samples", FILE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["samples"] = module  # a dataclass looks itself up there
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def films(samples: ModuleType) -> tuple[Any, Any]:
    return samples.film(), samples.film(calmer=True)


@pytest.mark.slow
def test_every_page_is_shown(samples: ModuleType, films: tuple[Any, Any]) -> None:
    for language in library.languages():
        made = samples.samples(Settings(language=language), *films)
        assert {one.place for one in made} == set(get_args(Place))


@pytest.mark.slow
@pytest.mark.parametrize("layout", SOME, ids=str)
def test_every_moment_is_readable(
    layout: Layout, samples: ModuleType, films: tuple[Any, Any], drawn: Draw
) -> None:
    settings = Settings(
        language=layout.language,  # type: ignore[arg-type]
        colours=layout.colours,
        text_percent=layout.percent,  # type: ignore[arg-type]
    )
    for one in samples.samples(settings, *films):
        try:
            drawn(one.make(), layout).check()
        except AssertionError as error:
            raise AssertionError(f"{one.name}: {error}") from error
