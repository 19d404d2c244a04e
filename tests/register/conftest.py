"""An empty register on each of the databases that it runs on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from postgresql import Cluster, find_postgresql, running_cluster

from dashboard.register.store import Register

# Read before any test takes the settings out of the environment.
PROGRAMS = find_postgresql()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """Run a PostgreSQL server, as soon as a test asks for it."""
    with running_cluster(PROGRAMS) as cluster:
        yield cluster


@pytest.fixture
def own_postgresql() -> Iterator[Cluster]:
    """Run a PostgreSQL server that a test may stop."""
    with running_cluster(PROGRAMS) as cluster:
        yield cluster


@pytest.fixture(params=["sqlite", "postgresql"])
def register_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of an empty database, one of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'register.sqlite3'}"
    else:
        cluster: Cluster = request.getfixturevalue("postgresql")
        with cluster.database() as url:
            yield url


@pytest.fixture
def register(register_url: str) -> Iterator[Register]:
    """Give an empty register, on each of the databases."""
    opened = Register.open(register_url, seeds=None)
    yield opened
    opened.close()
