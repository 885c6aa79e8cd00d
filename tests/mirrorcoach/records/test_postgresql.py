"""What only a server does."""

import threading

import pytest
from silent_proxy import SilentProxy
from sqlalchemy import create_engine, text

from mirrorcoach.errors import StoreError
from mirrorcoach.records import postgresql
from mirrorcoach.records.place import Place
from mirrorcoach.records.store import Store


def run(place, *statements):
    with Store.open(place) as store, store._engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_a_newer_version_is_refused_and_not_touched(on_server):
    run(on_server, "UPDATE mirrorcoach.schema_version SET version = 99")
    with pytest.raises(StoreError, match=r"newer mirrorcoach.*nothing was changed there"):
        Store.open(on_server)
    engine = create_engine(on_server.address.set(drivername="postgresql+psycopg"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE mirrorcoach.schema_version SET version = version - 96"))
    engine.dispose()
    with Store.open(on_server) as store:
        assert store.people() == []


def test_the_tables_of_others_on_the_server_are_left_alone(on_server):
    run(on_server, "CREATE TABLE public.person (id INTEGER)")
    try:
        with Store.open(on_server) as store:
            store.begin("first_steps", {})
            store.drop()
        with Store.open(on_server) as store:
            assert store.people() == []
    finally:
        run(on_server, "DROP TABLE public.person")


def test_a_connection_that_was_cut_is_made_again(on_server):
    with Store.open(on_server) as store:
        number = store.begin("first_steps", {})
        run(
            on_server,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND application_name = 'mirrorcoach'",
        )
        store.keep(number, {"index": 0, "start_s": 0.0, "end_s": 1.0})
        assert len(store.repetitions(number)) == 1


@pytest.fixture
def silent(on_server, monkeypatch):
    """A way to the server that can fall silent, and the place at its end."""
    monkeypatch.setattr(postgresql, "WAIT_S", 2)
    folder = on_server.address.query["host"]
    proxy = SilentProxy(f"{folder}/.s.PGSQL.5432")
    address = on_server.address.set(query={}, host="127.0.0.1", port=proxy.port)
    yield proxy, Place(on_server.folder, address)
    proxy.close()


def outcome(of):
    """What becomes of something that may never end."""
    found = []

    def run():
        try:
            found.append(of())
        except StoreError as error:
            found.append(error)

    waited = threading.Thread(target=run, daemon=True)
    waited.start()
    waited.join(60.0)
    return found[0] if found else "it never ended"


def test_a_server_that_falls_silent_is_not_waited_for_for_ever(silent):
    proxy, place = silent
    with Store.open(place) as store:
        number = store.begin("first_steps", {})
        proxy.silent = True
        failed = outcome(lambda: store.keep(number, {"index": 0}))
        assert isinstance(failed, StoreError), failed
        proxy.silent = False
        store.keep(number, {"index": 0})
        assert store.repetitions(number) == [{"index": 0}]
    proxy.silent = True
    failed = outcome(lambda: Store.open(place))
    assert isinstance(failed, StoreError) and "timeout" in str(failed)


def test_a_database_that_is_not_there_is_named(on_server):
    other = Place(on_server.folder, on_server.address.set(database="nothing"))
    with pytest.raises(StoreError, match=r"/nothing.*does not exist.*who looks after the server"):
        Store.open(other)
