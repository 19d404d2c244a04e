"""The register's database is made as it should be, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from postgresql import Cluster
from sqlalchemy import Connection, Engine, insert, text

from dashboard.register.circle_entries import Circle, DistrictExpert
from dashboard.register.database import bring_up_to_date, open_engine, reading, writing
from dashboard.register.entries import Entry
from dashboard.register.errors import UnavailableError
from dashboard.register.tables import METADATA, TABLES

CIRCLE = Circle(id="circle", version=1, municipality="1488", name="Made up")
EXPERT_OF_NO_CIRCLE = DistrictExpert(id="expert", version=1, circle="none", pseudonym="Made up")


@pytest.fixture
def engine(register_url: str) -> Iterator[Engine]:
    opened = open_engine(register_url)
    yield opened
    opened.dispose()


def add(connection: Connection, entry: Entry) -> None:
    connection.execute(insert(TABLES[entry.kind]).values(entry.model_dump()))


def circles(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(text("SELECT id FROM circle")).scalars())


def test_the_migrations_make_the_tables_that_the_code_expects(engine: Engine) -> None:
    bring_up_to_date(engine)
    with reading(engine) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_bringing_up_to_date_again_changes_nothing(engine: Engine) -> None:
    bring_up_to_date(engine)
    with writing(engine) as connection:
        add(connection, CIRCLE)
    bring_up_to_date(engine)
    assert circles(engine) == ["circle"]


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine) -> None:
    bring_up_to_date(engine)
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(UnavailableError) as refused:
        bring_up_to_date(engine)
    assert refused.value.code == "outdated"
    with reading(engine) as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


def test_a_change_that_fails_halfway_is_not_made(engine: Engine) -> None:
    def half_of_two() -> None:
        with writing(engine) as connection:
            add(connection, CIRCLE)
            add(connection, EXPERT_OF_NO_CIRCLE)

    bring_up_to_date(engine)
    with pytest.raises(UnavailableError):
        half_of_two()
    assert circles(engine) == []


@pytest.mark.parametrize("url", ["no url", "mysql://localhost/register", "postgresql://127.0.0.1:1/none"])
def test_what_is_no_database_is_said_to_be_unavailable(url: str) -> None:
    with pytest.raises(UnavailableError) as refused:
        bring_up_to_date(open_engine(url))
    assert refused.value.code == "unavailable"


def test_a_server_that_vanishes_is_given_up_on(postgresql: Cluster) -> None:
    """A machine that loses its power ends no connection; what is asked is what the driver was told to do then."""
    with postgresql.database() as url:
        engine = open_engine(url)
        with engine.connect() as connection:
            told = connection.connection.driver_connection.info.get_parameters()
        engine.dispose()
    assert int(told["connect_timeout"]) <= 10
    assert int(told["tcp_user_timeout"]) <= 20_000
    assert int(told["keepalives_idle"]) + int(told["keepalives_interval"]) * int(told["keepalives_count"]) <= 20
