"""Files that people ask for: put in place whole, and readable by their owner only."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from mirrorcoach.errors import InputError


@contextmanager
def writing(path: Path, *, force: bool = False) -> Iterator[IO[bytes]]:
    """Write a file that is there whole or not at all.

    It is written under another name beside its place, and put there once it is on the disk. Nobody
    but its owner may read it (mode 0600).

    Parameters
    ----------
    path : Path
        Where it goes; its folder must be there.
    force : bool
        Whether a file that is there already may be replaced.

    Yields
    ------
    file object
        To write bytes to; it can be read back and moved about in.

    Raises
    ------
    InputError
        If it is there already, or cannot be written. What was there is left as it was.
    """
    check_free(path, force=force)
    try:
        handle, name = tempfile.mkstemp(prefix=".mirrorcoach-", suffix=".half", dir=path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    half = Path(name)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if force:
            half.replace(path)
        else:
            _put(half, path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        with suppress(FileNotFoundError):
            half.unlink()


@contextmanager
def filling(folder: Path, *, force: bool = False) -> Iterator[Path]:
    """Fill a folder with files that are all there or none of them.

    They are written in a folder beside, and put in place at the end. Nobody but their owner may
    read them.

    Parameters
    ----------
    folder : Path
        A new folder, or an empty one.
    force : bool
        Whether it may hold files already; those of the same names are replaced.

    Yields
    ------
    Path
        A folder to write files into.

    Raises
    ------
    InputError
        If it holds files already, or cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; the name of a folder was expected.")
    if not force and folder.is_dir() and any(folder.iterdir()):
        raise InputError(
            f"The folder {folder} holds files already and was left as it is. Choose another, or "
            "say --force to replace those of the same names."
        )
    try:
        half = Path(
            tempfile.mkdtemp(prefix=".mirrorcoach-", suffix=".half", dir=folder.absolute().parent)
        )
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        yield half
        if folder.is_dir():
            for path in sorted(half.iterdir()):
                path.replace(folder / path.name)
        else:
            half.rename(folder)
    except OSError as error:
        raise _unwritable(folder, error) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)


def write(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a whole file, as `writing` does.

    Raises
    ------
    InputError
        As for `writing`.
    """
    with writing(path, force=force) as file:
        file.write(content)


def _put(half: Path, path: Path) -> None:
    """Move it to its place, unless something has come there meanwhile."""
    try:
        os.link(half, path)  # unlike a renaming, this never replaces
    except FileExistsError:
        check_free(path, force=False)
        raise
    except OSError:  # a file system without links
        check_free(path, force=False)
        half.replace(path)


def check_free(path: Path, *, force: bool) -> None:
    """Refuse a place that is taken, before any work is done for it.

    Raises
    ------
    InputError
        If a file is there already and may not be replaced, or it is a folder.
    """
    if path.is_dir():
        raise InputError(f"{path} is a folder; the name of a file was expected.")
    if not force and (path.exists() or path.is_symlink()):
        raise InputError(
            f"{path} is there already and was left as it is. Choose another name, or say --force "
            "to replace it."
        )


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"{path} cannot be written: {error.strerror or error}. Nothing was left half done; choose "
        "a folder that is there and has room."
    )
