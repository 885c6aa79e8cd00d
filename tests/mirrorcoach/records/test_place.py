"""Where practice is kept, and what is said of it."""

from pathlib import Path

import pytest

from mirrorcoach.errors import StoreError, UsageError
from mirrorcoach.records.place import FILE, Place
from mirrorcoach.records.store import Store

SECRET = "hunter2"


def test_what_is_named_goes_before_the_variable_and_that_before_the_usual(monkeypatch, tmp_path):
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path / "variable"))
    assert Place.of(str(tmp_path / "named")).file == tmp_path / "named" / FILE
    assert Place.of(tmp_path / "named") == Place(tmp_path / "named")
    assert Place.of() == Place.of("") == Place(tmp_path / "variable")
    monkeypatch.delenv("MIRRORCOACH_DATA")
    assert Place.of().folder.name == "mirrorcoach"
    assert Place.of("~/kept").folder == Path.home() / "kept"


def test_a_server_can_be_named_in_the_variable_too(monkeypatch):
    address = f"postgresql://anna:{SECRET}@clinic:5433/practice?sslmode=require"
    monkeypatch.setenv("MIRRORCOACH_DATA", address)
    place = Place.of()
    assert place.address.render_as_string(hide_password=False) == address
    assert str(place) == "postgresql://anna@clinic:5433/practice"
    assert SECRET not in repr(place)


@pytest.mark.parametrize(
    "address",
    [
        f"mysql://anna:{SECRET}@clinic/practice",
        f"postgresql://anna:{SECRET}@clinic",
        f"postgresql://anna:{SECRET}@clinic:port/practice",
        f"postgresql+asyncpg://anna:{SECRET}@clinic/practice",
        f"http://{SECRET}",
        f"://{SECRET}",
    ],
)
def test_another_address_is_refused_and_not_repeated(address):
    with pytest.raises(UsageError, match=r"not understood.*postgresql://user@server") as error:
        Place.of(address)
    assert SECRET not in str(error.value)


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://anna:{SECRET}@127.0.0.1:9/practice",
        f"postgresql://anna@127.0.0.1:9/practice?password={SECRET}",
        f"postgresql://anna:{SECRET}@127.0.0.1:9/practice?nothing={SECRET}",
    ],
)
def test_a_server_that_cannot_be_reached_is_named_without_the_password(address):
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match=r"postgresql://anna@127.0.0.1:9/practice") as error:
        Store.open(address)
    assert SECRET not in str(error.value)
    assert "look at the address" in str(error.value)


def test_a_server_without_what_speaks_to_it_says_what_to_install(monkeypatch):
    import sys

    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreError, match=r"pip install 'mirrorcoach\[clinic\]'"):
        Store.open(f"postgresql://anna:{SECRET}@clinic/practice")
