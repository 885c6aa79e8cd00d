"""A camera for whoever needs one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from picture_server import PictureServer


@pytest.fixture
def server() -> Iterator[PictureServer]:
    server = PictureServer()
    yield server
    server.close()
