from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from mirrorcoach import outfile
from mirrorcoach.errors import InputError


def test_what_is_written_is_there_and_its_owners_alone(tmp_path):
    outfile.write(tmp_path / "mine.zip", b"whole")
    assert (tmp_path / "mine.zip").read_bytes() == b"whole"
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "mine.zip").stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["mine.zip"]


def test_a_file_that_is_there_is_left_alone(tmp_path):
    path = tmp_path / "mine.zip"
    path.write_bytes(b"old")
    with pytest.raises(InputError, match=r"there already.*--force"):
        outfile.write(path, b"new")
    assert path.read_bytes() == b"old"
    outfile.write(path, b"new", force=True)
    assert path.read_bytes() == b"new"


def test_a_replaced_file_that_others_could_read_is_private_again(tmp_path):
    path = tmp_path / "mine.zip"
    path.write_bytes(b"old")
    path.chmod(0o644)
    outfile.write(path, b"new", force=True)
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_came_meanwhile_is_not_replaced(tmp_path):
    path = tmp_path / "mine.zip"
    with pytest.raises(InputError, match="there already"), outfile.writing(path) as file:
        file.write(b"ours")
        path.write_bytes(b"theirs")
    assert path.read_bytes() == b"theirs"
    assert [one.name for one in tmp_path.iterdir()] == ["mine.zip"]


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_no_half_file_and_the_old_one(tmp_path, monkeypatch, force):
    path = tmp_path / "mine.zip"
    if force:
        path.write_bytes(b"old")

    def full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(InputError, match="cannot be written: No space left"):
        outfile.write(path, b"new", force=force)
    assert [one.read_bytes() for one in tmp_path.iterdir()] == ([b"old"] if force else [])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_truly_full_device_is_a_sentence(tmp_path, monkeypatch):
    full = os.open("/dev/full", os.O_RDWR)
    half = tmp_path / ".mirrorcoach-x.half"
    half.touch()
    monkeypatch.setattr(outfile.tempfile, "mkstemp", lambda **_: (full, str(half)))
    with pytest.raises(InputError, match="No space left"):
        outfile.write(tmp_path / "mine.zip", b"new")
    assert list(tmp_path.iterdir()) == []


def test_a_failure_of_the_writer_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError), outfile.writing(tmp_path / "mine.zip") as file:
        file.write(b"half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_and_a_folder_instead_of_a_file_are_sentences(tmp_path):
    with pytest.raises(InputError, match="cannot be written: No such file"):
        outfile.write(tmp_path / "nowhere" / "mine.zip", b"")
    with pytest.raises(InputError, match="is a folder"):
        outfile.write(tmp_path, b"", force=True)


def test_a_file_system_without_links_still_never_replaces(tmp_path, monkeypatch):
    def none(*_):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", none)
    outfile.write(tmp_path / "mine.zip", b"whole")
    assert (tmp_path / "mine.zip").read_bytes() == b"whole"
    with pytest.raises(InputError, match="there already"):
        outfile.write(tmp_path / "mine.zip", b"new")
