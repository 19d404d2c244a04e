"""The open warehouse: right answers for many at once, nothing but reading, and the new file once it is swapped in."""

import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import duckdb
import pytest

from dashboard.warehouse.connection import Warehouse, WarehouseError, WarehouseKeeper, query_text

THREADS = 10
ROUNDS = 5
PATIENCE = 30.0


@pytest.fixture(scope="module")
def warehouse(home_city) -> Iterator[Warehouse]:
    found = Warehouse(home_city.warehouse)
    yield found
    found.close()


class Meeting:
    """A cursor that waits, between asking and fetching, until all others have asked too."""

    def __init__(self, inner: Any, barrier: threading.Barrier) -> None:
        self._inner, self._barrier = inner, barrier

    def execute(self, *question: object) -> None:
        try:
            self._inner.execute(*question)
        finally:
            self._barrier.wait(PATIENCE)

    @property
    def description(self) -> Any:
        return self._inner.description

    def fetchall(self) -> list[tuple[object, ...]]:
        return self._inner.fetchall()


def right_answers(warehouse: Warehouse, open_cursor: Callable[[], Any], monkeypatch: pytest.MonkeyPatch) -> int:
    """Count the right answers when ten threads ask ten different things at exactly the same time, round by round."""
    codes = [row["area_code"] for row in warehouse.rows("areas", {"municipality": "1488", "level": "deso"})][:THREADS]
    wanted = {"indicators": ["population", "foreign_background_share"]}
    expected = {code: warehouse.rows("area_series", wanted | {"areas": [code]}) for code in codes}
    barrier = threading.Barrier(THREADS)

    @contextmanager
    def meeting() -> Iterator[Meeting]:
        with open_cursor() as cursor:
            yield Meeting(cursor, barrier)

    monkeypatch.setattr(warehouse, "cursor", meeting)

    def ask(code: str) -> bool:
        try:
            return warehouse.rows("area_series", wanted | {"areas": [code]}) == expected[code]
        except (duckdb.Error, ValueError, RuntimeError):
            return False

    right = 0
    with ThreadPoolExecutor(THREADS) as pool:
        for _ in range(ROUNDS):
            right += sum(pool.map(ask, codes))
    return right


def test_ten_threads_at_once_get_the_right_answers(home_city, monkeypatch):
    warehouse = Warehouse(home_city.warehouse)
    assert right_answers(warehouse, warehouse.cursor, monkeypatch) == THREADS * ROUNDS
    warehouse.close()


def test_a_shared_connection_would_give_wrong_answers(home_city, monkeypatch):
    """The same questions over one connection: this is what the test above would find."""
    warehouse = Warehouse(home_city.warehouse)
    with warehouse.cursor() as shared:
        lock = threading.Lock()

        class Shared:
            description = property(lambda self: shared.description)

            def execute(self, *question: object) -> None:
                with lock:
                    shared.execute(*question)

            def fetchall(self) -> list[tuple[object, ...]]:
                with lock:
                    return shared.fetchall()

        @contextmanager
        def same() -> Iterator[Shared]:
            yield Shared()

        # All have asked before the first one fetches: at most one thread a round finds its own rows.
        assert right_answers(warehouse, same, monkeypatch) <= ROUNDS
    warehouse.close()


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('/etc/hosts')",
        "select * from read_csv('/etc/hosts')",
        "copy (select 1) to '/tmp/stolen.csv'",
        "attach '/tmp/other.duckdb'",
        "install httpfs",
        "load httpfs",
        "select * from 'https://example.org/a.parquet'",
        "export database '/tmp/stolen'",
    ],
)
def test_nothing_outside_can_be_reached(warehouse, statement):
    with warehouse.cursor() as cursor, pytest.raises(duckdb.Error, match=r"disabled|Permission|not allowed"):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "create table mine (x integer)",
        "insert into observation select * from observation",
        "update observation set value = 0",
        "delete from observation",
        "drop table observation",
    ],
)
def test_nothing_can_be_written(warehouse, statement):
    with warehouse.cursor() as cursor, pytest.raises(duckdb.Error, match="read-only"):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "set enable_external_access = true",
        "set memory_limit = '8GB'",
        "set lock_configuration = false",
        "set threads = 8",
    ],
)
def test_settings_are_locked(warehouse, statement):
    with warehouse.cursor() as cursor, pytest.raises(duckdb.Error, match=r"locked|Cannot"):
        cursor.execute(statement)


def test_the_memory_limit_is_the_setting(home_city):
    warehouse = Warehouse(home_city.warehouse, "200MB")
    with warehouse.cursor() as cursor:
        (limit,) = cursor.execute("select current_setting('memory_limit')").fetchone()
    warehouse.close()
    assert limit in ("190.7 MiB", "200.0 MB", "190.0 MiB")


def test_parameters_are_bound_and_never_formatted_in(warehouse):
    nasty = "1488' or '1'='1"
    assert warehouse.rows("areas", {"municipality": nasty, "level": "deso"}) == []


def test_every_query_is_kept_in_a_file():
    assert "$municipality" in query_text("areas")
    with pytest.raises(FileNotFoundError):
        query_text("no_such_query")


def test_a_quote_in_the_path_is_no_hindrance(home_city, tmp_path):
    folder = tmp_path / "the city's data"
    folder.mkdir()
    shutil.copy2(home_city.warehouse, folder / "warehouse.duckdb")
    warehouse = Warehouse(folder / "warehouse.duckdb")
    assert warehouse.meta["municipality"] == "1488"
    warehouse.close()


def test_no_file_is_said_in_a_sentence(tmp_path):
    with pytest.raises(WarehouseError, match=r"There is no warehouse at .*: run `dashboard build`"):
        Warehouse(tmp_path / "warehouse.duckdb")


@pytest.mark.parametrize("content", [b"this is not a database", b"", b"\0" * 5000])
def test_a_file_that_is_no_database_is_said_in_a_sentence(tmp_path, content):
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(content)
    with pytest.raises(WarehouseError, match="is not a warehouse that can be read: run `dashboard build`"):
        Warehouse(path)


def test_another_duckdb_file_is_said_in_a_sentence(tmp_path):
    with duckdb.connect(tmp_path / "warehouse.duckdb") as connection:
        connection.execute("create table something (x integer)")
    with pytest.raises(WarehouseError, match="is not a warehouse that can be read"):
        Warehouse(tmp_path / "warehouse.duckdb")


def age(path) -> None:
    """Make a warehouse look as if an older version had built it."""
    with duckdb.connect(path) as connection:
        connection.execute("update meta set value = '0' where key = 'layout'")


def test_a_file_of_another_version_is_said_in_a_sentence(built_city):
    age(built_city.warehouse)
    with pytest.raises(WarehouseError, match="was built by another version of the dashboard: run `dashboard build`"):
        Warehouse(built_city.warehouse)


def test_a_file_that_is_swapped_in_is_seen_while_old_cursors_still_work(built_city, home_city):
    keeper = WarehouseKeeper(built_city.warehouse)
    old = keeper.warehouse()
    with old.cursor() as cursor:
        cursor.execute("select count(*) from area")
        fresh = built_city.warehouse.with_name("new.duckdb")
        shutil.copy2(home_city.warehouse, fresh)
        fresh.replace(built_city.warehouse)
        new = keeper.warehouse()
        assert new is not old
        assert new.meta["municipality"] == "1488"
        assert cursor.fetchone() == (9,)
        assert cursor.execute("select count(*) from observation where area_code like '1487%'").fetchone()[0] > 0
    assert old.rows("municipalities")[0]["code"] == "1487"
    assert new.rows("municipalities")[0]["code"] == "1488"


def test_the_keeper_opens_an_unchanged_file_once(built_city):
    keeper = WarehouseKeeper(built_city.warehouse)
    assert keeper.warehouse() is keeper.warehouse()


def test_the_keeper_stays_with_what_is_open_when_the_file_is_gone(built_city):
    keeper = WarehouseKeeper(built_city.warehouse)
    first = keeper.warehouse()
    built_city.warehouse.unlink()
    assert keeper.warehouse() is first


def test_the_keeper_stays_with_what_is_open_when_the_new_file_is_broken(built_city):
    keeper = WarehouseKeeper(built_city.warehouse)
    first = keeper.warehouse()
    broken = built_city.warehouse.with_name("broken.duckdb")
    broken.write_text("half a database", "utf-8")
    broken.replace(built_city.warehouse)
    assert keeper.warehouse() is first


def test_the_keeper_complains_when_there_is_nothing_to_open(tmp_path):
    with pytest.raises(WarehouseError):
        WarehouseKeeper(tmp_path / "warehouse.duckdb").warehouse()
