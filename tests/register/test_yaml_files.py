"""The register as YAML: what is written reads back as the same, and what cannot be right is refused by name."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from made_up_dumps import DUMP, ENTRIES, HOME, PICTURE, dumps

from dashboard.register.changes import Change
from dashboard.register.dump import Dump
from dashboard.register.entries import Milestone, Project
from dashboard.register.errors import RegisterFileError
from dashboard.register.kinds import KINDS
from dashboard.register.public_part import public_part
from dashboard.register.yaml_files import FILE_OF, dump_of, files_of, in_file_order


def test_the_made_up_register_has_something_of_every_kind() -> None:
    assert {entry.kind for entry in ENTRIES} == set(KINDS)


def test_what_is_written_reads_back_as_the_same() -> None:
    assert dump_of(files_of(DUMP)) == in_file_order(DUMP)
    assert sorted(entry.id for entry in in_file_order(DUMP).entries) == sorted(entry.id for entry in ENTRIES)


def test_an_empty_register_reads_back_as_empty() -> None:
    assert dump_of(files_of(Dump())) == Dump()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(dumps())
def test_whatever_the_register_holds_reads_back_as_the_same(dump: Dump) -> None:
    assert dump_of(files_of(dump)) == in_file_order(dump)


def test_the_order_of_the_database_does_not_show() -> None:
    turned = replace(DUMP, entries=DUMP.entries[::-1], photos=dict(reversed(DUMP.photos.items())))
    assert files_of(turned) == files_of(DUMP)


def test_the_files_can_be_read_by_people() -> None:
    project = files_of(DUMP)["project.yaml"].decode("utf-8")
    assert project == (
        "- id: torget\n"
        "  version: 3\n"
        "  municipality: '1488'\n"
        "  name: 'Torget: ett “no” till 1e3'\n"
        "  summary: |-\n"
        "    Första raden\n"
        "\n"
        "    - andra: # raden\n"
        "  focus_areas:\n"
        "  - homes\n"
        "  status: delayed\n"
        "  status_why: '2021-01-01'\n"
        "  status_why_en: 'no'\n"
        "  areas:\n"
        "  - 1488R007\n"
        "  start: '2021'\n"
        "  budget: 0\n"
    )
    assert files_of(DUMP)["funder.yaml"].decode("utf-8").endswith("closed: 2022-12-31\n")


@pytest.mark.parametrize("text", ["1e3", "0o17", ".5", "12", "1_000", "no", "~", "2021-01-01", "=", "<<", "0x1f"])
def test_a_text_stays_a_text_for_every_reader_of_yaml(text: str) -> None:
    """Readers of YAML 1.2 take 1e3 for a number, those of 1.1 `no` for false."""
    entry = Milestone(id="one", project="torget", name=text)
    written = files_of(Dump((*ENTRIES, entry)))["milestone.yaml"].decode("utf-8")
    assert f"name: '{text}'\n" in written


def changes(*values: tuple[dict[str, object] | None, dict[str, object] | None]) -> tuple[Change, ...]:
    """Give changes of one entry with these values before and after."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return tuple(
        Change(n + 1, at, "update", "project", "torget", "editor", "", before, after)
        for n, (before, after) in enumerate(values)
    )


def test_a_change_says_only_what_it_changed() -> None:
    first, second = {"name": "Torget", "budget": 1}, {"name": "Torget", "budget": 2}
    written = files_of(Dump(changes=changes((None, first), (first, second))))["changes.yaml"].decode("utf-8")
    assert written.endswith("  sign_in: ''\n  changed:\n    budget: 2\n")
    assert written.count("name: Torget") == 1
    assert "before" not in written


@pytest.mark.parametrize(
    "values",
    [
        [(None, {"a": 1}), ({"a": 1}, {"a": True}), ({"a": True}, {"a": 1.0})],
        [(None, {"a": 1}), ({"a": 1}, {}), ({}, None)],
        [(None, {"a": 1}), (None, None), (None, {"a": 1})],
        [({"a": 0}, {"a": 1}), ({"a": 5}, {"a": 5})],
        [(None, None), ({"a": None}, {"a": None, "b": None})],
    ],
)
def test_whatever_a_change_says_reads_back_exactly(values: list[Any]) -> None:
    read = dump_of(files_of(Dump(changes=changes(*values)))).changes
    assert json.dumps([(change.before, change.after) for change in read]) == json.dumps(values)


def change(name: str, old: str, new: str) -> dict[str, bytes]:
    """Give the files of the made-up register, one of them changed by hand."""
    files = files_of(DUMP)
    text = files[name].decode("utf-8")
    assert old in text
    return {**files, name: text.replace(old, new, 1).encode("utf-8")}


def test_a_change_by_hand_is_taken_over() -> None:
    read = dump_of(change("milestone.yaml", "due: 2026-02-28", "due: 2026-03-31"))
    assert next(entry for entry in read.entries if isinstance(entry, Milestone)).due == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("project.yaml", "budget: 0", "buget: 0", r"project\.yaml, torget: buget"),
        ("project.yaml", "budget: 0", "budget: much", r"project\.yaml, torget: budget"),
        ("project.yaml", "budget: 0", "end: '2020'", r"project\.yaml, torget: end before start"),
        ("project.yaml", "'2021'", "2021", r"project\.yaml, torget: start"),
        ("project.yaml", "  - homes", "  - houses", r"project\.yaml, torget: focus_areas names houses"),
        ("project.yaml", "id: torget", "id: ../torget", r"project\.yaml: an id '../torget' cannot be used"),
        ("funder.yaml", "- id: staten\n", "- archived: false\n", r"funder\.yaml: an id is missing"),
        ("milestone.yaml", "project: torget", "project: torg", r"milestone\.yaml, ritning: project names torg"),
        ("milestone.yaml", "2026-02-28", "2026-02-30", r"milestone\.yaml.* cannot be read"),
        ("milestone.yaml", "project: torget", "project: torget\n  project: torg", r"milestone\.yaml, line 1 .*twice"),
        ("milestone.yaml", "- id", "a: [\n- id", r"milestone\.yaml, line 2 cannot be read"),
        ("milestone.yaml", "name: 'no'", "name: !!python/name:os.system", r"milestone\.yaml, line 4 cannot be read"),
        ("milestone.yaml", "- id: ritning", "- &a {id: ritning, name: a, project: torget}\n- *a\n- id: b", r"by \*a"),
        ("contribution.yaml", "id: vantar", "id: bankar", r"contribution\.yaml: the id bankar is there twice"),
        ("changes.yaml", "number: 1\n", "number: 999\n", r"changes\.yaml, change 4: the numbers"),
        ("changes.yaml", "number: 1\n", "number: one\n", r"changes\.yaml, change one: number"),
        ("changes.yaml", "+00:00", "", r"changes\.yaml, change 1: at"),
        ("changes.yaml", "role: editor", "rule: editor", r"changes\.yaml, change 1: "),
        ("changes.yaml", "role: editor", 'role: "\\0"', r"changes\.yaml, change 1: it holds the sign NUL"),
        ("changes.yaml", "after:", "changed:", r"changes\.yaml, change 1: it says either after or"),
        ("receipts.yaml", "vantar", "borta", r"receipts\.yaml names borta"),
        ("receipts.yaml", "0a", "xy", r"receipts\.yaml, vantar: the digest"),
        ("photos.yaml", "contribution: vantar", "contribution: borta", r"photos\.yaml names borta"),
        (
            "photos.yaml",
            "photos/vantar.jpg",
            "../../etc/passwd",
            r"photos\.yaml, vantar: the file \.\./\.\./etc/passwd",
        ),
        ("photos.yaml", "photos/vantar.jpg", "photos/bankar.jpg", r"photos\.yaml: vantar or its file is there twice"),
        ("register.yaml", "format: 1", "format: 2", r"format 2, and this version of the dashboard reads 1"),
        ("register.yaml", "format: 1", "format: [", r"register\.yaml.* cannot be read"),
        ("register.yaml", "everything\n", "public\n", r"for the public"),
    ],
)
def test_what_cannot_be_right_is_refused_by_name(file: str, old: str, new: str, said: str) -> None:
    with pytest.raises(RegisterFileError, match=said):
        dump_of(change(file, old, new))


@pytest.mark.parametrize("name", sorted({"register.yaml", "changes.yaml", "photos/bankar.jpg", *FILE_OF.values()}))
def test_a_missing_file_is_never_taken_for_an_empty_one(name: str) -> None:
    files = files_of(DUMP)
    del files[name]
    with pytest.raises(RegisterFileError, match=f"{name.removeprefix('photos/')} is missing|{name} is missing"):
        dump_of(files)


@pytest.mark.parametrize("name", ["projects.yaml", "photos/other.jpg", "photos/../x.jpg", "photos/.jpg"])
def test_a_file_too_many_is_refused(name: str) -> None:
    with pytest.raises(RegisterFileError, match=name):
        dump_of({**files_of(DUMP), name: b""})


@pytest.mark.parametrize(
    "content", [b"[" * 100_000, b"\xff\xfe", b"- " * 5_000, b"{a: " * 200, b"a: &a [x]\nb: [*a, *a]\n"]
)
def test_a_file_made_to_harm_is_refused_quickly(content: bytes) -> None:
    with pytest.raises(RegisterFileError, match=r"project\.yaml"):
        dump_of({**files_of(DUMP), "project.yaml": content})


def test_the_public_part_holds_nothing_internal() -> None:
    files = files_of(public_part(DUMP), "public")
    everything = b"\n".join([*files.values(), *(name.encode() for name in files)]).decode("utf-8", "replace")
    for internal in ("Hemligt", "vantar", "Lind", "lind-1", "sign_in", "no: #1", "Väntade", "2028-01-01", "beslut"):
        assert internal in b"\n".join(files_of(DUMP).values()).decode("utf-8", "replace")
        assert internal not in everything
    assert "Fler bänkar!" in everything
    assert "participants" in everything
    assert "13–17 år: 3" not in everything
    assert {"changes.yaml", "receipts.yaml"}.isdisjoint(files)
    assert files["photos/bankar.jpg"] == PICTURE.content


def test_the_public_part_has_every_municipality() -> None:
    other = Project(id="annat", municipality="1487", name="Annat", status="planned")
    found = public_part(Dump((*ENTRIES, other)))
    assert {entry.municipality for entry in found.entries if isinstance(entry, Project)} == {
        "1487",
        HOME["municipality"],
    }


def test_what_is_written_is_yaml_for_anybody() -> None:
    for name, content in files_of(DUMP).items():
        if name.endswith(".yaml"):
            assert yaml.safe_load(content.decode("utf-8")) is not None
