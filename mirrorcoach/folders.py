"""Where mirrorcoach keeps its own things."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "MIRRORCOACH_DATA"
"""Environment variable that names another data folder."""


def data_folder() -> Path:
    """The folder for practice results: the system's own place, or what `VARIABLE` names.

    The folder is not created here.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named).expanduser()
    from platformdirs import user_data_path

    return user_data_path("mirrorcoach", appauthor=False)
