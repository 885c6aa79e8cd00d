"""Places to keep things in: a folder, and a PostgreSQL server of the tests' own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirrorcoach.records.place import Place
from mirrorcoach.records.store import Store


def programs() -> Path | None:
    """The folder with the programs of the newest PostgreSQL that is installed, if any."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda one: float(one.parts[-3]), default=None)
    return newest and newest.parent


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a server that listens to a socket of its own and to no network."""
    pytest.importorskip("psycopg")
    found = programs()
    if os.name != "posix" or found is None:
        pytest.skip("no PostgreSQL server is installed (on Debian: apt-get install postgresql)")
    other = []
    folder = Path(tempfile.mkdtemp(prefix="mirrorcoach-"))  # a socket's path must be short
    if os.getuid() == 0:  # it refuses to be started by root
        if (
            not shutil.which("runuser")
            or subprocess.run(["id", "postgres"], check=False).returncode
        ):
            pytest.skip("root cannot start a PostgreSQL server without a user called postgres")
        other = ["runuser", "-u", "postgres", "--"]
        folder.chmod(0o755)
        shutil.chown(folder, "postgres")

    def run(program: str, *options: str) -> None:
        whole = [*other, str(found / program), "-D", str(folder / "data"), *options]
        subprocess.run(whole, check=True, stdout=subprocess.DEVNULL, cwd=folder, timeout=120)

    run("initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    run("pg_ctl", "-w", "-t", "90", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://postgres@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder, not made yet."""
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def on_server(postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """A server on which nothing is kept yet."""
    monkeypatch.setenv("MIRRORCOACH_DATA", str(tmp_path / "data"))
    place = Place.of(postgresql)
    yield place
    with Store.open(place) as store:
        store.drop()


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    """A new place of either kind."""
    if request.param == "server":
        server: Place = request.getfixturevalue("on_server")
        return server
    return Place(tmp_path / "kept")
