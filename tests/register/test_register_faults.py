"""Killed writers, a full disk and a lost database: what was saved stays, nothing by half, and people are told."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from contradictions import contradictions, faults_of_file
from killed_writer import kill_server, kill_writer
from postgresql import Cluster
from sqlalchemy.exc import OperationalError

from dashboard.access import OPERATOR
from dashboard.register import database
from dashboard.register.errors import UnavailableError
from dashboard.register.store import Register

#: On each of the two databases; two hundred times in `benchmarks.faults.kill_writers`.
KILLS = 4
SEED = 1488
PROJECT = {"municipality": "1488", "name": "Påhittat projekt", "status": "planned"}


def test_a_writer_that_is_killed_loses_nothing_and_leaves_nothing_by_half(register_url: str) -> None:
    chance = random.Random(SEED)  # noqa: S311 - chance, not a secret
    kills = [kill_writer(register_url, chance.uniform(0.02, 0.4), seed, after="committed") for seed in range(KILLS)]
    assert [kill.lost for kill in kills] == [[]] * KILLS
    assert [kill.broken for kill in kills] == [[]] * KILLS
    assert sum(len(kill.committed) for kill in kills) >= KILLS, "The writers hardly wrote."


def test_a_writer_that_is_killed_while_it_makes_the_register_leaves_none_by_half(register_url: str) -> None:
    chance = random.Random(SEED)  # noqa: S311 - chance, not a secret
    kills = [kill_writer(register_url, chance.uniform(0, 0.2), seed, after="opening") for seed in range(KILLS // 2)]
    assert [[*kill.lost, *kill.broken] for kill in kills] == [[]] * len(kills)


def test_a_server_that_is_killed_keeps_what_it_has_confirmed(own_postgresql: Cluster) -> None:
    with own_postgresql.database() as url:
        kill = kill_server(own_postgresql, url, 0.3, SEED, after="committed")
    assert [*kill.lost, *kill.broken] == []
    assert kill.committed


def test_who_waits_too_long_for_another_writer_is_told(register_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SECONDS_TO_WAIT", 1)
    with closing(Register.open(register_url, seeds=None)) as register:
        entry = register.save(OPERATOR, "project", PROJECT)
        engine = database.open_engine(register_url)
        with database.writing(engine):
            with pytest.raises(UnavailableError) as refused:
                register.save(OPERATOR, "project", PROJECT)
            assert refused.value.code == "busy"
            assert register.contents(OPERATOR, "1488").projects == (entry,), "Reading waits for nobody."
        engine.dispose()
        assert register.save(OPERATOR, "project", PROJECT).id != entry.id


def test_a_full_disk_is_told_and_takes_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'register.sqlite3'}"
    script = Path(__file__).with_name("full_disk.py")
    done = subprocess.run([sys.executable, script, url], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["code"] == "full"
    assert told["readable"] == told["saved"] > 0
    register = Register.open(url, seeds=None)
    dump = register.snapshot()
    register.close()
    assert len(dump.entries) == told["saved"] + 1
    assert [*contradictions(dump), *faults_of_file(url)] == []


def test_what_postgresql_says_of_a_full_disk_is_understood() -> None:
    said = psycopg.errors.DiskFull('could not extend file "base/5/1": No space left on device')
    assert database.reason_of(OperationalError("INSERT", {}, said)) == "full"


def test_a_lost_database_is_told_and_found_again(own_postgresql: Cluster) -> None:
    with own_postgresql.database() as url:
        register = Register.open(url, seeds=None)
        before = register.save(OPERATOR, "project", PROJECT)
        own_postgresql.stop("immediate")
        for attempt in (
            lambda: register.save(OPERATOR, "project", PROJECT),
            lambda: register.changes(OPERATOR, "project", before.id),
            register.snapshot,
        ):
            with pytest.raises(UnavailableError) as refused:
                attempt()
            assert refused.value.code == "unavailable"
        with pytest.raises(UnavailableError):
            Register.open(url, seeds=None)
        own_postgresql.start()
        after = register.save(OPERATOR, "project", PROJECT)
        dump = register.snapshot()
        register.close()
        assert {entry.id for entry in dump.entries} == {before.id, after.id}
        assert contradictions(dump) == []


def test_a_connection_that_is_cut_in_the_middle_of_a_change_takes_nothing(own_postgresql: Cluster) -> None:
    """The server ends every session while somebody has an entry open; what they wrote can be sent again."""
    with own_postgresql.database() as url:
        register = Register.open(url, seeds=None)
        entry = register.save(OPERATOR, "project", PROJECT)
        own_postgresql.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'dashboard'")
        again = register.save(OPERATOR, "project", PROJECT | {"name": "Nytt namn"}, id=entry.id, version=entry.version)
        dump = register.snapshot()
        register.close()
        assert again.version == entry.version + 1
        assert contradictions(dump) == []
