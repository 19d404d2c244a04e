"""A database of each earlier version is brought up to date with all that it holds."""

from alembic import command
from alembic.config import Config
from made_up_dumps import DUMP
from sqlalchemy import Connection, MetaData, Table, insert, inspect

from dashboard.register import rows
from dashboard.register.database import MIGRATIONS, bring_up_to_date, open_engine, reading, writing
from dashboard.register.dump import Dump
from dashboard.register.store import Register
from dashboard.register.yaml_files import in_file_order

#: What the first version did not have.
LATER = {"status_why_en", "note_en", "refused_for"}


def as_it_began(connection: Connection) -> None:
    """Make the tables of the first version, and fill them with something of every kind."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    assert not inspect(connection).has_table("mark")
    for entry in DUMP.entries:
        table = Table(entry.kind, MetaData(), autoload_with=connection)
        columns = {name: value for name, value in rows._columns(entry).items() if name in table.columns}
        assert set(entry.model_dump()) - set(columns) == LATER & set(type(entry).model_fields) - _old(entry.kind)
        connection.execute(insert(table).values(columns))
    for change in DUMP.changes:
        values = {name: getattr(change, name) for name in change.__slots__}
        connection.execute(insert(rows.CHANGE).values(values))
    for contribution, photo in DUMP.photos.items():
        rows.write_photo(connection, contribution, photo)
    for contribution, digest in DUMP.receipts.items():
        rows.write_receipt(connection, contribution, digest)


def _old(kind: str) -> set[str]:
    """Give those of the later fields that a kind has always had."""
    return {"note_en"} if kind == "circle" else set()


def without_what_came_later(dump: Dump) -> Dump:
    return in_file_order(
        Dump(
            tuple(
                entry.model_copy(
                    update={
                        name: type(entry).model_fields[name].default
                        for name in LATER & set(type(entry).model_fields) - _old(entry.kind)
                    }
                )
                for entry in dump.entries
            ),
            dump.changes,
            dump.photos,
            dump.receipts,
        )
    )


def test_a_register_of_the_first_version_keeps_all_that_it_holds(register_url: str) -> None:
    engine = open_engine(register_url)
    with writing(engine) as connection:
        as_it_began(connection)
    bring_up_to_date(engine)
    with reading(engine) as connection:
        generation, revision = rows.state(connection)
    engine.dispose()
    assert len(generation) == 32
    assert revision == (len(DUMP.changes), DUMP.changes[-1].number)
    register = Register.open(register_url)
    assert in_file_order(register.snapshot()) == without_what_came_later(DUMP)
    register.close()


def test_every_database_gets_a_mark_of_its_own(register_url: str, tmp_path) -> None:
    marks = set()
    for url in (register_url, f"sqlite:///{tmp_path / 'another.sqlite3'}"):
        engine = open_engine(url)
        bring_up_to_date(engine)
        with reading(engine) as connection:
            marks.add(rows.state(connection)[0])
        engine.dispose()
    assert len(marks) == 2
