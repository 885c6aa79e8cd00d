"""Pictures of then and now: files that a person asked for, one by one, and nothing else.

Each is a JPEG file without metadata, named after the moment at which it was taken (UTC). Only its
owner can read it. Whether pictures may be kept at all is for the caller to know
(`mirrorcoach.profile.Consents`).
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from mirrorcoach.errors import StoreError
from mirrorcoach.records.place import PHOTOGRAPHS

__all__ = ["Photograph", "Photographs"]

_NAME = "%Y%m%dT%H%M%S.%fZ"
_ENDING = ".jpg"
_HALF = ".half"
"""What is being written; nothing else ever ends so."""

_QUALITY = 92


@dataclass(frozen=True)
class Photograph:
    """A picture that was kept.

    Attributes
    ----------
    taken_at : datetime
        UTC.
    path : Path
        Its file.
    """

    taken_at: datetime
    path: Path

    def image(self) -> NDArray[np.uint8]:
        """The picture, shape (height, width, 3), blue, green, red, not mirrored.

        Raises
        ------
        StoreError
            If it cannot be read, or is no picture.
        """
        try:
            content = np.frombuffer(self.path.read_bytes(), dtype=np.uint8)
        except OSError as error:
            raise StoreError(
                f"The picture {self.path} cannot be read: {error.strerror}. Make it readable, or "
                "delete it under Settings, Privacy."
            ) from error
        image = cv2.imdecode(content, cv2.IMREAD_COLOR) if content.size else None
        if image is None:
            raise StoreError(
                f"The file {self.path} is damaged: a JPEG picture was expected. It was left as it "
                "is; delete it under Settings, Privacy, or put a copy of it in its place."
            )
        return np.asarray(image, dtype=np.uint8)


class Photographs:
    """The pictures of one person.

    Parameters
    ----------
    folder : Path
        The data folder.
    person : int
        Their number in the store.

    Attributes
    ----------
    folder : Path
        Where the pictures lie; made with the first of them.
    """

    def __init__(self, folder: Path, person: int) -> None:
        self._above = folder / PHOTOGRAPHS
        self.folder = self._above / str(person)

    def all(self) -> list[Photograph]:
        """Every picture that is kept, the earliest first.

        Raises
        ------
        StoreError
            If the folder cannot be read.
        """
        found = (Photograph(at, path) for path in self._files() if (at := _moment(path)))
        return sorted(found, key=lambda one: one.taken_at)

    def keep(self, image: NDArray[np.uint8], at: datetime) -> Photograph:
        """Keep a picture; on return it is on the disk, and a crash leaves no part of one.

        Parameters
        ----------
        image : numpy.ndarray, shape (height, width, 3), uint8
            Blue, green, red; not mirrored.
        at : datetime
            When it was taken, with its time zone. No other picture is ever written over: one of
            the very same moment is named a microsecond later.

        Raises
        ------
        StoreError
            If it could not be kept; nothing of it is left then.
        """
        if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
            raise ValueError(
                f"a picture of shape (height, width, 3), uint8, was expected, got {image.shape}, "
                f"{image.dtype}"
            )
        if at.tzinfo is None:
            raise ValueError(f"a moment with its time zone was expected, got {at!r}")
        self._refuse_links()
        _, content = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        at = at.astimezone(timezone.utc)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._sweep()
            while (path := self.folder / f"{at.strftime(_NAME)}{_ENDING}").exists():
                at += timedelta(microseconds=1)
            self._write(content.tobytes(), path)
        except OSError as error:
            raise StoreError(
                f"The picture could not be kept in {self.folder}: {error.strerror}. What was kept "
                "before is untouched; make room there or make it writable, then keep it once more."
            ) from error
        return Photograph(at, path)

    def delete(self, one: Photograph) -> None:
        """Delete one picture for good; `all` no longer lists it. One that is gone is no error.

        Raises
        ------
        StoreError
            If it could not be deleted.
        """
        if one.path.parent != self.folder:
            raise ValueError(f"a picture in {self.folder} was expected, got {one.path}")
        self._delete(one.path)

    def delete_all(self) -> list[Path]:
        """Delete all of them, and what a crash may have left of one.

        Returns
        -------
        list of Path
            What is left in the folder; only what is not ours can be.

        Raises
        ------
        StoreError
            If one could not be deleted.
        """
        for path in self._files():
            if _moment(path) or path.suffix == _HALF:
                self._delete(path)
        left = self._files()
        if not left:
            with suppress(OSError):  # an empty folder does no harm
                self.folder.rmdir()
        return left

    def _files(self) -> list[Path]:
        try:
            return sorted(self.folder.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StoreError(
                f"The pictures in {self.folder} cannot be listed: {error.strerror}. Make the "
                "folder readable; nothing in it was touched."
            ) from error

    def _refuse_links(self) -> None:
        """What lies behind a link is elsewhere: deleting everything would not reach it."""
        for folder in (self._above, self.folder):
            if folder.is_symlink():
                raise StoreError(
                    f"{folder} leads to another place, where deleting everything would not find "
                    "the picture. It was not kept; put a folder there, or move all data with "
                    "MIRRORCOACH_DATA."
                )

    def _sweep(self) -> None:
        """Delete what a crash left of a picture."""
        for path in self.folder.glob(f"*{_HALF}"):
            path.unlink(missing_ok=True)

    def _write(self, content: bytes, path: Path) -> None:
        """Write beside, for its owner alone, and put it in its place once it is on the disk."""
        handle, name = tempfile.mkstemp(_HALF, dir=self.folder)
        half = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            half.replace(path)
        except BaseException:
            half.unlink(missing_ok=True)
            raise
        _settle(self.folder)

    @staticmethod
    def _delete(path: Path) -> None:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(
                f"The picture {path} could not be deleted: {error.strerror}. It is still there; "
                "make its folder writable and delete it once more."
            ) from error


def _moment(path: Path) -> datetime | None:
    """When the picture of a file was taken; None if the file is none of ours."""
    if path.suffix != _ENDING or not (path.is_file() or path.is_symlink()):
        return None
    try:
        return datetime.strptime(path.stem, _NAME).replace(tzinfo=timezone.utc)
    except ValueError:
        return None


def _settle(folder: Path) -> None:
    """Make the new name outlive a power cut, where the system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
