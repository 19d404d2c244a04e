"""Texts that are meant to be run instead of read: in every field of every kind they stay texts."""

from __future__ import annotations

from typing import Any

import pytest
from contradictions import contradictions
from hostile_texts import HOSTILE, LEAST, filled, least_of, make_one_of_each
from sqlalchemy import create_engine, inspect
from sqlalchemy.engine import make_url

from dashboard.access import OPERATOR
from dashboard.register.errors import InvalidError, RegisterError
from dashboard.register.fields import clean_text
from dashboard.register.kinds import KINDS
from dashboard.register.store import Register


def cleaned(shape: Any) -> Any:
    if isinstance(shape, dict):
        return {clean_text(name): count for name, count in shape.items()}
    return tuple(clean_text(one) for one in shape) if isinstance(shape, list) else clean_text(shape)


def tables(url: str) -> dict[str, list[str]]:
    engine = create_engine(make_url(url.replace("postgresql:", "postgresql+psycopg:")))
    found = inspect(engine)
    names = {name: [column["name"] for column in found.get_columns(name)] for name in found.get_table_names()}
    engine.dispose()
    return names


def test_every_kind_is_tried() -> None:
    assert list(LEAST) == list(KINDS)
    ids = dict.fromkeys(KINDS, "made-up")
    tried = {(kind, name) for kind in KINDS for name in filled(kind, least_of(kind, ids), HOSTILE[0])}
    assert len(tried) >= 65
    assert {
        ("decision", "link"),
        ("project", "partners"),
        ("meeting", "participants"),
        ("contribution", "text"),
    } <= tried


def test_a_text_in_any_field_stays_a_text(register_url: str) -> None:
    register = Register.open(register_url, seeds=None)
    before = tables(register_url)
    made = [pair for text in HOSTILE for pair in make_one_of_each(register, text)]
    register.close()
    again = Register.open(register_url, seeds=None)
    dump = again.snapshot()
    again.close()
    assert tables(register_url) == before
    assert contradictions(dump) == []
    stored = {(entry.kind, entry.id): entry for entry in dump.entries}
    assert len(stored) == len(made)
    for entry, hostile in made:
        kept = stored[entry.kind, entry.id]
        assert {name: getattr(kept, name) for name in hostile} == {
            name: cleaned(shape) for name, shape in hostile.items()
        }


@pytest.mark.parametrize("text", [*HOSTILE, "\x00", "\ud800", ""])
def test_a_text_in_the_place_of_a_name_finds_and_changes_nothing(register: Register, text: str) -> None:
    entry = register.save(OPERATOR, "project", LEAST["project"])
    values = LEAST["project"]
    for attempt in (
        lambda: register.save(OPERATOR, "project", values, id=text, version=1),
        lambda: register.save(OPERATOR, text, values),
        lambda: register.archive(OPERATOR, "project", text, 1),
        lambda: register.archive(OPERATOR, text, entry.id, 1),
        lambda: register.restore(OPERATOR, "project", text, 1),
    ):
        with pytest.raises(RegisterError):
            attempt()
    with pytest.raises(InvalidError):
        register.save(OPERATOR, "project", values | {text: "x"})
    assert [*register.contents(OPERATOR, text)] == []
    assert register.changes(OPERATOR, "project", text) == ()
    assert register.photo(OPERATOR, text) is None
    assert not register.withdraw(text)
    assert register.standing(text) is None
    dump = register.snapshot()
    assert list(dump.entries) == [entry]
    assert len(dump.changes) == 1
