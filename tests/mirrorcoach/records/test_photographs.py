"""Pictures are kept only when told to, whole or not at all, and are gone when they are deleted."""

import errno
import os
import signal
import stat
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone

import cv2
import numpy as np
import pytest

from mirrorcoach.errors import StoreError
from mirrorcoach.records.deleting import delete_all, files_kept
from mirrorcoach.records.photographs import Photograph, Photographs

MARCH = datetime(2026, 3, 3, 8, 30, tzinfo=timezone.utc)
MAY = datetime(2026, 5, 19, 21, 5, tzinfo=timezone.utc)


@pytest.fixture
def data(monkeypatch, tmp_path):
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def kept(data):
    return Photographs(data, 1)


def picture(grey=128):
    """A picture whose right half is lighter."""
    image = np.full((90, 72, 3), grey, dtype=np.uint8)
    image[:, 36:] += 60
    return image


def everything_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_nothing_is_made_before_the_first_picture(kept, data):
    assert kept.all() == []
    assert kept.delete_all() == []
    assert everything_in(data) == []
    assert not kept.folder.exists()


def test_a_picture_comes_back_as_it_was_with_its_moment(kept):
    one = kept.keep(picture(), MARCH)
    assert kept.all() == [one]
    assert one.taken_at == MARCH
    image = one.image()
    assert image.shape == (90, 72, 3)
    assert np.abs(image.astype(int) - picture()).max() <= 3, "neither mirrored nor changed"


def test_the_earliest_comes_first_whatever_the_order_of_keeping(kept):
    kept.keep(picture(), MAY)
    kept.keep(picture(), MARCH)
    assert [one.taken_at for one in kept.all()] == [MARCH, MAY]


def test_moments_are_kept_in_utc(kept):
    at = MARCH.astimezone(timezone(timedelta(hours=5, minutes=30)))
    assert kept.keep(picture(), at).taken_at == MARCH


def test_no_picture_is_written_over_though_the_clock_was_set_back(kept):
    first, second = kept.keep(picture(40), MARCH), kept.keep(picture(90), MARCH)
    assert [one.path for one in kept.all()] == [first.path, second.path]
    assert (first.image().min() < 60, second.image().min() > 60) == (True, True)


@pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX")
def test_nobody_else_on_the_computer_can_read_it(kept):
    before = os.umask(0o000)
    try:
        one = kept.keep(picture(), MARCH)
    finally:
        os.umask(before)
    assert stat.S_IMODE(one.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700


def test_the_file_holds_the_picture_and_no_metadata(kept):
    content = kept.keep(picture(), MARCH).path.read_bytes()
    assert content.startswith(b"\xff\xd8\xff\xe0"), "a JPEG file that begins with JFIF"
    place, segments = 2, []
    while content[place + 1] != 0xDA:  # up to the picture itself
        segments.append(content[place + 1])
        place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    told = [one for one in segments if one == 0xFE or 0xE1 <= one <= 0xEF]
    assert told == [], "no EXIF, XMP, colour profile or comment"


def test_each_person_has_their_own(data):
    one, other = Photographs(data, 1), Photographs(data, 2)
    one.keep(picture(), MARCH)
    assert other.all() == []
    assert other.delete_all() == []
    assert len(one.all()) == 1


# Deleting


def test_what_is_deleted_is_gone_and_the_others_stay(kept, data):
    first, second = kept.keep(picture(), MARCH), kept.keep(picture(), MAY)
    kept.delete(first)
    assert kept.all() == [second]
    assert everything_in(data) == [second.path]
    kept.delete(first)


def test_deleting_all_leaves_no_file(kept, data):
    for at in (MARCH, MAY):
        kept.keep(picture(), at)
    assert kept.delete_all() == []
    assert kept.all() == []
    assert everything_in(data) == []


def test_deleting_all_tells_what_is_not_ours_and_leaves_it(kept):
    kept.keep(picture(), MARCH)
    mine = kept.folder / "holiday.jpg"
    mine.write_bytes(b"not ours")
    assert [one.path.name for one in kept.all()] != [mine.name]
    assert kept.delete_all() == [mine]
    assert mine.exists()


def test_deleting_everything_finds_the_pictures_too(kept, data):
    kept.keep(picture(), MARCH)
    assert any(path.parent == kept.folder for path in files_kept())
    delete_all()
    assert files_kept() == []
    assert everything_in(data) == []


def test_only_pictures_of_this_person_can_be_deleted(kept, data):
    other = Photographs(data, 2).keep(picture(), MARCH)
    with pytest.raises(ValueError, match="was expected"):
        kept.delete(other)
    assert other.path.exists()


# What goes wrong


@pytest.mark.parametrize("fails", ["os.fsync", "pathlib.Path.replace"])
def test_a_full_disk_leaves_nothing_and_says_so(kept, data, monkeypatch, fails):
    first = kept.keep(picture(), MARCH)

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(fails, full)
    with pytest.raises(StoreError, match=r"could not be kept.*No space left.*make room") as error:
        kept.keep(picture(), MAY)
    assert error.value.exit_code == 3
    assert everything_in(data) == [first.path]


def test_a_folder_that_cannot_be_written_is_said(kept, data):
    (data / "photographs").touch()
    with pytest.raises(StoreError, match="could not be kept in"):
        kept.keep(picture(), MARCH)


def test_a_picture_that_cannot_be_deleted_is_said_and_stays(kept, monkeypatch):
    one = kept.keep(picture(), MARCH)

    def forbidden(*_, **__):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("pathlib.Path.unlink", forbidden)
    with pytest.raises(StoreError, match="could not be deleted"):
        kept.delete(one)
    assert kept.all() == [one]


def test_pictures_do_not_follow_a_link_out_of_the_data_folder(kept, data, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (data / "photographs").symlink_to(elsewhere)
    with pytest.raises(StoreError, match="leads to another place"):
        kept.keep(picture(), MARCH)
    assert everything_in(elsewhere) == []


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff\xe0 and then nothing"])
def test_a_damaged_file_is_said_and_left_and_can_be_deleted(kept, content):
    one = kept.keep(picture(), MARCH)
    one.path.write_bytes(content)
    with pytest.raises(StoreError, match="is damaged"):
        one.image()
    assert kept.all() == [one]
    kept.delete(one)
    assert kept.all() == []


def test_a_file_that_is_gone_is_said(kept):
    with pytest.raises(StoreError, match="cannot be read"):
        Photograph(MARCH, kept.folder / "gone.jpg").image()


@pytest.mark.parametrize(
    ("image", "at", "said"),
    [
        (np.zeros((9, 9), dtype=np.uint8), MARCH, "shape"),
        (np.zeros((9, 9, 3)), MARCH, "uint8"),
        (picture(), datetime(2026, 3, 3), "time zone"),
    ],
)
def test_what_is_no_picture_or_no_moment_is_refused(kept, data, image, at, said):
    with pytest.raises(ValueError, match=said):
        kept.keep(image, at)
    assert everything_in(data) == []


KEEPS_FOR_EVER = """
import sys
from datetime import datetime, timezone
from pathlib import Path
import numpy as np
from mirrorcoach.records.photographs import Photographs
kept = Photographs(Path(sys.argv[1]), 1)
noise = np.random.default_rng(0).integers(0, 255, (900, 720, 3), dtype=np.uint8)
print("ready", flush=True)
while True:
    kept.keep(noise, datetime.now(timezone.utc))
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_a_crash_while_keeping_leaves_whole_pictures_only(kept, data):
    for seed in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", KEEPS_FOR_EVER, str(data)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.05 + 0.03 * seed)
            process.send_signal(signal.SIGKILL)
    found = kept.all()
    assert found
    for one in found:
        content = one.path.read_bytes()
        assert content.endswith(b"\xff\xd9"), "the end of a JPEG file"
        assert cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR) is not None
    kept.keep(picture(), MAY)
    assert all(path.suffix == ".jpg" for path in everything_in(data)), "no half of one is left"
    assert kept.delete_all() == []
