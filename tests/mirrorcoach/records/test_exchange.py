"""The file between two computers: what is written is read, and anything else is refused."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import kept_people
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mirrorcoach.errors import InputError
from mirrorcoach.records import exchange
from mirrorcoach.records.document import notes_of, person_entry, totals_of
from mirrorcoach.records.exchange import MANIFEST, Parcel, write_parcel

JPEG = b"\xff\xd8\xff\xe0 a picture"
PICTURE = "20260302T073000.000000Z.jpg"


def written(tmp_path, practices=kept_people.PRACTICES, **more):
    picture = tmp_path / PICTURE
    picture.write_bytes(JPEG)
    file = io.BytesIO()
    write_parcel(
        file,
        person_entry(kept_people.ANNA, kept_people.NOTES, kept_people.TOTALS),
        practices,
        more.get("photographs", [picture]),
        made_at=kept_people.NOW,
        anonymous=False,
    )
    return file.getvalue()


@pytest.fixture
def parcel(tmp_path):
    return written(tmp_path)


def contents(parcel):
    with zipfile.ZipFile(io.BytesIO(parcel)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files, *, sealed=True, twice=None, packing=zipfile.ZIP_DEFLATED):
    """A file with these contents; `sealed`: with a manifest that fits them."""
    files = dict(files)
    if sealed:
        manifest = json.loads(files[MANIFEST])
        manifest["files"] = [
            {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            for name, content in files.items()
            if name != MANIFEST
        ]
        files[MANIFEST] = json.dumps(manifest).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        if twice is not None:
            with pytest.warns(UserWarning, match="Duplicate name"):
                archive.writestr(twice, files[twice])
    return made.getvalue()


def opened(content):
    return Parcel.open(io.BytesIO(content))


def refused(content, saying):
    with pytest.raises(InputError, match=saying) as said:
        opened(content)
    assert "Nothing was taken in" in str(said.value) or "Give the file" in str(said.value)


def test_everything_comes_back_the_same(parcel):
    with opened(parcel) as read:
        assert read.person.profile == kept_people.ANNA
        assert notes_of(read.person) == list(kept_people.NOTES)
        assert totals_of(read.person) == list(kept_people.TOTALS)
        assert [read.practice(n + 1) for n in range(3)] == list(kept_people.PRACTICES)
        assert read.records == tuple(one.record for one in kept_people.PRACTICES)
        assert read.made_at == kept_people.NOW and not read.anonymous
        (picture,) = read.pictures
        assert (picture.name, read.picture(picture)) == (PICTURE, JPEG)


def test_a_newcomer_comes_back_too(tmp_path):
    with opened(written(tmp_path, [], photographs=[])) as read:
        assert read.records == () and read.pictures == ()


def test_more_practices_than_digits_sort_stay_in_their_order(tmp_path):
    many = [kept_people.LED] * 12
    with opened(written(tmp_path, many)) as read:
        assert [one.number for one in read.records] == list(range(1, 13))


def test_anybody_can_look_into_it(parcel):
    inside = contents(parcel)
    assert json.loads(inside["person.json"])["profile"]["name"] == "Anna Müller"
    assert json.loads(inside["practices/000001.json"])["repetitions"][0]["symmetry"] == 0.5
    assert "not encrypted" in inside["README.txt"].decode()
    with zipfile.ZipFile(io.BytesIO(parcel)) as archive:
        assert all(one.external_attr >> 16 == 0o600 for one in archive.infolist())


# What was damaged on the way


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_cut_short_anywhere_it_is_refused(parcel, data):
    length = data.draw(st.integers(0, len(parcel) - 1))
    with pytest.raises(InputError):
        opened(parcel[:length])


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_changed_byte_is_a_sentence_or_changes_nothing(parcel, data):
    place = data.draw(st.integers(0, len(parcel) - 1))
    changed = bytearray(parcel)
    changed[place] ^= 1 << data.draw(st.integers(0, 7))
    try:
        read = opened(bytes(changed))
    except InputError:
        return
    with read, opened(parcel) as whole:  # a date or a flag of the zip that nobody reads
        assert read.person == whole.person and read.records == whole.records


def test_a_content_that_is_not_the_one_that_was_written(parcel):
    files = contents(parcel)
    files["person.json"] = files["person.json"].replace(b"Anna", b"Ada ")
    refused(packed(files, sealed=False), "person.json is not as it was written")


def test_a_longer_content_than_was_written(parcel):
    files = contents(parcel)
    files["person.json"] += b" "
    refused(packed(files, sealed=False), "longer than manifest")


@pytest.mark.parametrize("name", ["practices/000002.json", "person.json", "README.txt"])
def test_a_file_that_is_missing(parcel, name):
    files = contents(parcel)
    del files[name]
    refused(packed(files, sealed=False), "is damaged")


@pytest.mark.parametrize("name", ["person.json", "README.txt"])
def test_a_file_that_was_never_there(parcel, name):
    files = contents(parcel)
    del files[name]
    refused(packed(files), f"{name} is missing")


# What is something else


def test_what_is_no_zip(tmp_path):
    refused(b"", "no zip file of 'mirrorcoach export'")
    refused(b"PK but no more than that", "no zip file of 'mirrorcoach export'")


@pytest.mark.parametrize("where", ["name", "text", "by"])
def test_a_name_or_note_that_could_steer_a_terminal(parcel, where):
    files = contents(parcel)
    person = json.loads(files["person.json"])
    (person["profile"] if where == "name" else person["notes"][0])[where] = "\x1b[2J"
    files["person.json"] = json.dumps(person).encode()
    refused(packed(files), "signs that cannot be shown")


@pytest.mark.parametrize(
    "files",
    [
        {"word/document.xml": b"x"},
        {MANIFEST: b'{"schema": "another/1"}'},
        {MANIFEST: b"[]"},
        {MANIFEST: b'{"schema": 1}'},
        {MANIFEST: b"{}"},
    ],
    ids=str,
)
def test_another_zip(files):
    refused(packed(files, sealed=False), "none? of|no file of")


@pytest.mark.parametrize("content", [b"\xff", b"{", b"[" * 100_000])
def test_a_manifest_that_is_no_json(content):
    refused(packed({MANIFEST: content}, sealed=False), "cannot be understood")


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(InputError, match="cannot be read: No such file"):
        Parcel.open(tmp_path / "nothing.zip")
    with pytest.raises(InputError, match="cannot be read"):
        Parcel.open(tmp_path)


def test_a_file_of_a_newer_version(parcel):
    files = contents(parcel)
    files[MANIFEST] = files[MANIFEST].replace(b"exchange/1", b"exchange/2")
    refused(packed(files), "newer mirrorcoach")


def test_a_field_of_a_newer_version_is_named_with_it(parcel):
    files = contents(parcel)
    files[MANIFEST] = files[MANIFEST].replace(b'"0.1.0"', b'"9.0"')
    files["person.json"] = files["person.json"].replace(b'"informed"', b'"informed_well"')
    with pytest.raises(InputError, match=r"written by mirrorcoach 9\.0, this is"):
        opened(packed(files))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("person.json", b"{}"),
        ("person.json", b"null"),
        ("person.json", b"[" * 1000),
        ("practices/000001.json", b"{}"),
        ("practices/000001.json", b'{"started_at": NaN}'),
    ],
)
def test_content_that_cannot_be_understood(parcel, name, content):
    refused(packed({**contents(parcel), name: content}), f"cannot be understood: {name}")


def test_a_picture_that_is_none(parcel):
    program = {f"photographs/{PICTURE}": b"MZ a program"}
    refused(packed({**contents(parcel), **program}), "no JPEG picture")


# What somebody made to do harm


@pytest.mark.parametrize(
    "name",
    [
        "../evil.json",
        "/etc/evil",
        "practices/../../evil.json",
        "photographs/../evil.jpg",
        "photographs/evil.jpg",
        f"photographs/../{PICTURE}",
        f"photographs/{PICTURE}/x",
        f"photographs/{PICTURE}\n",
        "photographs/20260302T073000.00000٠Z.jpg",
        "photographs/20260231T073000.000000Z.jpg",
        "C:\\evil.json",
        "practices/1.json",
        "evil.py",
        "photographs/",
    ],
)
def test_a_name_that_no_export_has(parcel, name):
    refused(packed({**contents(parcel), name: b"{}"}), "no export of ours has")


def test_a_file_that_the_manifest_does_not_name(parcel):
    files = {**contents(parcel), "practices/000009.json": b"{}"}
    refused(packed(files, sealed=False), "does not hold the files")


@pytest.mark.parametrize("name", [MANIFEST, "person.json"])
def test_one_name_for_two_files(parcel, name):
    refused(packed(contents(parcel), twice=name), "does not hold the files")


def test_one_name_twice_in_the_manifest(parcel):
    files = contents(parcel)
    manifest = json.loads(files[MANIFEST])
    manifest["files"].append(manifest["files"][0])
    files[MANIFEST] = json.dumps(manifest).encode()
    refused(packed(files, sealed=False), "stands twice")


def test_a_small_file_that_unpacks_to_a_large_one(parcel):
    bomb = packed({**contents(parcel), "person.json": b" " * (exchange.MOST_TEXT_BYTES + 1)})
    assert len(bomb) < 100_000
    refused(bomb, "unpack to more")


def test_a_file_that_says_it_is_small_and_is_not(parcel):
    files = contents(parcel)
    large = packed({**files, "person.json": b" " * 10_000_000}, sealed=False)
    refused(large, "longer than manifest")
    # ... and where the zip itself says so, too, what is read ends where it says.
    said = len(files["person.json"]).to_bytes(4, "little")
    lying = large.replace((10_000_000).to_bytes(4, "little"), said)
    with pytest.raises(InputError, match="is damaged"):
        opened(lying)


def test_more_together_than_any_export(parcel, monkeypatch):
    monkeypatch.setattr(exchange, "MOST_BYTES", 1000)
    refused(parcel, "unpack to more")


def test_files_that_lie_in_each_other(parcel):
    """A bomb of many names for the same packed bytes; each name alone would be small enough."""
    files = contents(parcel)
    content = files["practices/000003.json"]
    for number in range(4, 40):
        files[f"practices/{number:06}.json"] = content
    whole = io.BytesIO(packed(files))
    made = io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(made, "w") as archive:
        first = None
        for info in source.infolist():
            if info.filename > "practices/000003.json" and info.filename.startswith("practices/"):
                again = zipfile.ZipInfo(info.filename)
                for name in ("CRC", "compress_size", "file_size", "header_offset"):
                    setattr(again, name, getattr(first, name))
                archive.filelist.append(again)
                archive.NameToInfo[info.filename] = again
            else:
                archive.writestr(info, source.read(info.filename))
                if info.filename == "practices/000003.json":
                    first = archive.getinfo(info.filename)
        archive._didModify = True
    with pytest.raises(InputError):
        opened(made.getvalue())


def test_an_unknown_packing_and_a_password_are_sentences(parcel):
    refused(packed(contents(parcel), packing=zipfile.ZIP_BZIP2), "packed in a way")
    encrypted = bytearray(parcel)
    start = 0
    while (start := encrypted.find(b"PK\x01\x02", start)) >= 0:
        encrypted[start + 8] |= 1  # the flag of the directory
        start += 4
    refused(bytes(encrypted), "packed in a way")


def test_a_photograph_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(InputError, match=r"gone\.jpg cannot be read"):
        written(tmp_path, photographs=[tmp_path / "gone.jpg"])
