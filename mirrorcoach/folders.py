"""Where mirrorcoach keeps its own things."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "MIRRORCOACH_DATA"
"""Environment variable that names another data folder, or a server's address."""


def is_address(named: str) -> bool:
    """Whether a server is named, and not a folder."""
    return "://" in named


def data_folder() -> Path:
    """The folder for what is kept on this computer: the system's own, or what `VARIABLE` names.

    The folder is not created here.
    """
    named = os.environ.get(VARIABLE)
    if named and not is_address(named):
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("mirrorcoach", appauthor=False)
