"""One file with everything of a person, for another computer: a zip that anybody can look into.

::

    manifest.json            what it is, and the size and SHA-256 of every other file
    README.txt               what it is, in words
    person.json              profile, notes, questionnaires' totals
    practices/000001.json    one for each practice, in their order
    photographs/*.jpg        as they were kept

What is inside is as in ``docs/records.schema.json``. Nothing is believed before all of it was
checked, and nothing is ever written to a place that the file names.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mirrorcoach import __version__
from mirrorcoach.errors import InputError
from mirrorcoach.records.document import (
    CoursesEntry,
    Instant,
    KeptPractice,
    PersonEntry,
    PracticeEntry,
    kept_practice,
    practice_entry,
    practice_record,
)
from mirrorcoach.records.practices import PracticeRecord, can_be_shown
from mirrorcoach.records.telling import Told, each, untold
from mirrorcoach.summary import AID

FORMAT, VERSION = "mirrorcoach.exchange", 1

MANIFEST, README, PERSON = "manifest.json", "README.txt", "person.json"
PICTURES = "photographs"

MOST_FILES = 100_000
MOST_TEXT_BYTES = 16 * 2**20
"""Of a file with words and numbers; a practice of 20 minutes has less than half a million."""
MOST_PICTURE_BYTES = 64 * 2**20
MOST_BYTES = 8 * 2**30
"""Of all together, unpacked."""

_NAMES = re.compile(rf"{re.escape(README)}|{re.escape(PERSON)}|practices/[0-9]{{6}}\.json")
_PICTURE = re.compile(r"[0-9]{8}T[0-9]{6}\.[0-9]{6}Z\.jpg")

_ABOUT = f"""\
Everything that mirrorcoach kept of one person. {AID}

'mirrorcoach import FILE' takes it in on another computer. It is not encrypted: whoever has it can
read it. It holds data on health, and photographs of a face if some were kept.
"""

_Model = TypeVar("_Model", bound=BaseModel)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    name: str
    bytes: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    format: Annotated[Literal["mirrorcoach.exchange/1"], Field(alias="schema")]
    mirrorcoach: str
    made_at: Instant
    anonymous: bool
    files: Annotated[tuple[_File, ...], Field(max_length=MOST_FILES)]


def write_parcel(
    file: IO[bytes],
    person: PersonEntry,
    practices: Iterable[KeptPractice],
    photographs: Iterable[Path],
    *,
    made_at: datetime,
    anonymous: bool,
) -> None:
    """Write everything of a person.

    Parameters
    ----------
    file : file object
        Where to; it can be moved about in.
    person : PersonEntry
        Profile, notes and totals.
    practices : iterable of KeptPractice
        In their order; gone through once.
    photographs : iterable of Path
        Files to go along.
    made_at : datetime
        Now, with its time zone.
    anonymous : bool
        Whether names were left out of what is given.

    Raises
    ------
    InputError
        If a photograph cannot be read.
    """
    files: list[_File] = []
    at = made_at.timetuple()[:6]

    def add(name: str, content: bytes) -> None:
        info = zipfile.ZipInfo(name, at)
        info.external_attr = 0o600 << 16
        packed = name.endswith(".jpg")
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        archive.writestr(info, content)
        digest = hashlib.sha256(content).hexdigest()
        files.append(_File(name=name, bytes=len(content), sha256=digest))

    with zipfile.ZipFile(file, "w") as archive:
        add(README, _ABOUT.encode())
        add(PERSON, person.model_dump_json(indent=1).encode())
        for number, kept in enumerate(practices, 1):
            add(f"practices/{number:06}.json", practice_entry(kept).model_dump_json().encode())
        for path in photographs:
            add(f"{PICTURES}/{path.name}", _read_picture(path))
        manifest = _Manifest.model_construct(
            format=f"{FORMAT}/{VERSION}",
            mirrorcoach=__version__,
            made_at=made_at,
            anonymous=anonymous,
            files=tuple(files),
        )
        add(MANIFEST, manifest.model_dump_json(indent=1, by_alias=True).encode())


def _read_picture(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(
            f"The photograph {path} cannot be read: {error.strerror}. Make it readable; nothing "
            "was written."
        ) from error


def is_picture_name(name: str) -> bool:
    """Whether a photograph of ours is called so: by the moment at which it was taken, UTC."""
    if not _PICTURE.fullmatch(name):
        return False
    try:
        datetime.strptime(name, "%Y%m%dT%H%M%S.%fZ.jpg")
    except ValueError:
        return False
    return True


@dataclass(frozen=True)
class Picture:
    """A photograph in a parcel: its name and its SHA-256."""

    name: str
    sha256: str


class Parcel:
    """Everything of a person as a file has it, all of it checked; use it as a context manager.

    Attributes
    ----------
    made_at : datetime
        When the file was written.
    anonymous : bool
        Whether names were left out.
    person : PersonEntry
        Profile, notes and totals.
    pictures : tuple of Picture
        The photographs.
    records : tuple of PracticeRecord
        Every practice without traces and contours, in their order, numbered from 1.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str, told: Told) -> None:
        self._archive, self._name = archive, name
        assert archive.fp is not None
        self._size = archive.fp.seek(0, os.SEEK_END)
        manifest = self._manifest()
        self.made_at, self.anonymous = manifest.made_at, manifest.anonymous
        self._writer = manifest.mirrorcoach
        self._files = {one.name: one for one in manifest.files}
        self._check_files(manifest)
        self.person = self._model(PERSON, PersonEntry)
        said = [self.person.profile.name]
        said += [text for note in self.person.notes for text in (note.text, note.by)]
        if not all(map(can_be_shown, said)):
            raise InputError(
                f"{self._name} holds a name or a note with signs that cannot be shown. Nothing was "
                "taken in; change them on the other computer, and export it once more."
            )
        self._practices = sorted(one for one in self._files if one.startswith("practices/"))
        self.records: tuple[PracticeRecord, ...] = tuple(
            practice_record(self._model(one, PracticeEntry), number)
            for number, one in enumerate(each(self._practices, "checked", told), 1)
        )
        self.pictures = tuple(
            Picture(one.name.removeprefix(f"{PICTURES}/"), one.sha256)
            for one in manifest.files
            if one.name.startswith(f"{PICTURES}/")
        )
        for picture in self.pictures:
            self.picture(picture)
        self._content(README)

    @classmethod
    def open(cls, file: Path | IO[bytes], told: Told = untold) -> Parcel:
        """Open a file and check all of it.

        Parameters
        ----------
        file : Path or file object
            What `write_parcel` wrote.
        told : callable
            Told how many practices were checked.

        Raises
        ------
        InputError
            If it cannot be read, is damaged or cut short, is something else, comes from a newer
            version, or holds what no export of ours would.
        """
        name = str(file) if isinstance(file, Path) else "the file"
        try:
            archive = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise InputError(
                f"{name} is no zip file of 'mirrorcoach export', or it is damaged or cut short "
                f"({error}). Nothing was taken in; copy it from the other computer once more. What "
                "was written with --json, --csv or --fhir cannot be taken in."
            ) from error
        except OSError as error:
            raise InputError(
                f"{name} cannot be read: {error.strerror}. A file of 'mirrorcoach export' was "
                "expected."
            ) from error
        try:
            return cls(archive, name, told)
        except BaseException:
            archive.close()
            raise

    def __enter__(self) -> Parcel:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._archive.close()

    def practice(self, number: int) -> KeptPractice:
        """One of the practices with its traces and contours, which are read anew.

        Parameters
        ----------
        number : int
            From 1.
        """
        courses = self._model(self._practices[number - 1], CoursesEntry)
        return kept_practice(self.records[number - 1], courses)

    def picture(self, picture: Picture) -> bytes:
        """The content of a photograph: a JPEG file."""
        content = self._content(f"{PICTURES}/{picture.name}")
        if not content.startswith(b"\xff\xd8\xff"):
            raise self._damaged(f"{PICTURES}/{picture.name} is no JPEG picture")
        return content

    def _manifest(self) -> _Manifest:
        infos = [one for one in self._archive.infolist() if one.filename == MANIFEST]
        if not infos:
            raise InputError(
                f"{self._name} is a zip file, but none of 'mirrorcoach export': it has no "
                f"{MANIFEST}. Give the file that 'mirrorcoach export' wrote."
            )
        try:
            content = json.loads(self._unpacked(infos[0], MOST_TEXT_BYTES))
        except (ValueError, RecursionError) as error:
            raise self._damaged(f"{MANIFEST} cannot be understood") from error
        said = content.get("schema") if isinstance(content, dict) else None
        found = (
            re.fullmatch(rf"{re.escape(FORMAT)}/(\d{{1,9}})", said)
            if isinstance(said, str)
            else None
        )
        if found is None:
            raise InputError(
                f"{self._name} is no file of 'mirrorcoach export': its {MANIFEST} does not say "
                f"{FORMAT}. Give the file that 'mirrorcoach export' wrote."
            )
        if int(found[1]) > VERSION:
            raise InputError(
                f"{self._name} was written by a newer mirrorcoach (version {found[1]} of such "
                f"files; this one knows {VERSION}). Nothing was taken in; update mirrorcoach here."
            )
        self._writer = str(content.get("mirrorcoach"))
        return self._checked(MANIFEST, json.dumps(content).encode(), _Manifest)

    def _check_files(self, manifest: _Manifest) -> None:
        """Exactly the files that the manifest names, under names of ours, and not too large."""
        if len(self._files) < len(manifest.files):
            raise self._damaged(f"a name stands twice in {MANIFEST}")
        for name in self._files:
            folder, _, picture = name.partition("/")
            known = folder == PICTURES and is_picture_name(picture)
            if not known and not _NAMES.fullmatch(name):
                raise InputError(
                    f"{self._name} holds a file that no export of ours has: {name!r}. Nothing was "
                    "taken in; somebody has changed it."
                )
        for needed in (README, PERSON):
            if needed not in self._files:
                raise self._damaged(f"{needed} is missing")
        infos = self._archive.infolist()
        there = [one.filename for one in infos if one.filename != MANIFEST]
        if sorted(there) != sorted(self._files) or len(infos) != len(there) + 1:
            raise self._damaged(f"it does not hold the files that its {MANIFEST} names")
        if sum(one.bytes for one in manifest.files) > MOST_BYTES:
            raise self._too_large()
        if sum(one.compress_size for one in infos) > self._size:  # files that lie in each other
            raise self._too_large()

    def _model(self, name: str, model: type[_Model]) -> _Model:
        return self._checked(name, self._content(name), model)

    def _checked(self, name: str, content: bytes, model: type[_Model]) -> _Model:
        try:
            return model.model_validate_json(content)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"])) or "its JSON"
            newer = ""
            if self._writer != __version__:
                newer = f" It was written by mirrorcoach {self._writer}, this is {__version__}."
            raise InputError(
                f"{self._name} holds what cannot be understood: {name}, {where}: {first['msg']}."
                f"{newer} Nothing was taken in; update mirrorcoach here, or export it once more."
            ) from error

    def _content(self, name: str) -> bytes:
        said = self._files[name]
        content = self._unpacked(self._archive.getinfo(name), said.bytes)
        if hashlib.sha256(content).hexdigest() != said.sha256:
            raise self._damaged(f"{name} is not as it was written")
        return content

    def _unpacked(self, info: zipfile.ZipInfo, most: int) -> bytes:
        """The bytes of a file within, and never more of them than are good for this computer."""
        limit = MOST_PICTURE_BYTES if info.filename.endswith(".jpg") else MOST_TEXT_BYTES
        if info.file_size > limit or most > limit:
            raise self._too_large()
        if info.flag_bits & 1 or info.compress_type not in _PACKINGS:
            raise self._damaged(f"{info.filename} is packed in a way that no export of ours is")
        try:
            with self._archive.open(info) as file:
                content = file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise self._damaged(f"{info.filename}: {error}") from error
        if len(content) > most:
            raise self._damaged(f"{info.filename} is longer than {MANIFEST} says")
        return content

    def _damaged(self, what: str) -> InputError:
        return InputError(
            f"{self._name} is damaged: {what}. Nothing was taken in; copy it from the other "
            "computer once more."
        )

    def _too_large(self) -> InputError:
        return InputError(
            f"{self._name} would unpack to more than any export of ours. Nothing was taken in; "
            "somebody has changed it."
        )


_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
