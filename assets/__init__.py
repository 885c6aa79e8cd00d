"""Everything mirrorcoach shows or plays that is not code, with its licences.

Only this module knows where the files are: beside it in a checkout, inside an installed wheel, or
packed in a zip archive.

::

    with assets.path("demo/rest.mp4") as file:
        play(file)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

__all__ = ["path"]


@contextmanager
def path(name: str) -> Iterator[Path]:
    """Lend a bundled file as a file on disk, for as long as the ``with`` block lasts.

    Parameters
    ----------
    name : str
        Place of the file below ``assets``, with forward slashes: ``"demo/rest.mp4"``.

    Raises
    ------
    FileNotFoundError
        There is no such file; the installation is incomplete.
    """
    found = files(__name__).joinpath(*name.split("/"))
    if not found.is_file():
        raise FileNotFoundError(
            f"mirrorcoach's own file {name!r} is missing, expected {found}; "
            "please install mirrorcoach again"
        )
    with as_file(found) as file:
        yield file
