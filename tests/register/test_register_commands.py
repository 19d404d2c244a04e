"""The commands on the register, on SQLite and PostgreSQL: there and back again, and refusals in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from made_up_dumps import DUMP

from dashboard.cli import main
from dashboard.register.circle_entries import Contribution, ContributionState
from dashboard.register.dump import Dump
from dashboard.register.export_folder import read_folder
from dashboard.register.seeds import read_seeds
from dashboard.register.store import Register
from dashboard.register.yaml_files import in_file_order
from dashboard.settings import current_settings

Point = Callable[[str], str]


@pytest.fixture
def point(monkeypatch: pytest.MonkeyPatch) -> Iterator[Point]:
    """Point the commands to a database."""

    def to(url: str) -> str:
        monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
        current_settings.cache_clear()
        return url

    yield to
    current_settings.cache_clear()


@pytest.fixture
def full(register_url: str, point: Point) -> str:
    """Give a register with something of every kind."""
    fill(register_url, DUMP)
    return point(register_url)


@pytest.fixture
def other(tmp_path: Path) -> str:
    """Give another, empty database."""
    return f"sqlite:///{tmp_path / 'other.sqlite3'}"


def fill(url: str, dump: Dump) -> None:
    with closing(Register.open(url, seeds=None)) as register:
        register.load(dump)


def snapshot(url: str) -> Dump:
    with closing(Register.open(url, seeds=None)) as register:
        return in_file_order(register.snapshot())


def run(*arguments: object) -> int:
    return main(["register", *map(str, arguments)])


def test_a_register_is_exported_and_imported_as_the_same(full, other, point, tmp_path, capsys):
    assert run("export", tmp_path / "out") == 0
    assert capsys.readouterr().out == f"{tmp_path / 'out'}: 15 entries, 15 changes and 2 photos written.\n"
    assert read_folder(tmp_path / "out") == in_file_order(DUMP)
    point(other)
    assert run("import", tmp_path / "out") == 0
    assert snapshot(other) == snapshot(full) == in_file_order(DUMP)
    assert run("export", tmp_path / "again") == 0
    for path in (tmp_path / "out").rglob("*.yaml"):
        assert path.read_bytes() == (tmp_path / "again" / path.name).read_bytes()


def test_a_backup_is_restored_as_the_same(full, other, point, tmp_path, capsys):
    assert run("backup", tmp_path / "register.zip") == 0
    point(other)
    assert run("restore", tmp_path / "register.zip") == 0
    assert capsys.readouterr().out.endswith("15 entries, 15 changes and 2 photos loaded.\n")
    assert snapshot(other) == in_file_order(DUMP)


def test_a_backup_of_sqlite_is_restored_on_either_database(register_url, other, point, tmp_path):
    fill(other, DUMP)
    point(other)
    assert run("backup", tmp_path / "register.zip") == 0
    point(register_url)
    assert run("restore", tmp_path / "register.zip") == 0
    assert snapshot(register_url) == in_file_order(DUMP)


def test_after_a_restore_changes_count_on(full, tmp_path):
    """The next change gets a number of its own, on a database that counts by a sequence too."""
    assert run("backup", tmp_path / "register.zip") == 0
    assert run("restore", "--replace", tmp_path / "register.zip") == 0
    with closing(Register.open(full, seeds=None)) as register:
        before = register.snapshot()
        project = next(entry for entry in before.entries if entry.kind == "funder")
        from dashboard.access import OPERATOR

        register.save(
            OPERATOR,
            "funder",
            {**project.model_dump(exclude={"id", "version", "archived"}), "name": "Nytt namn"},
            id=project.id,
            version=project.version,
        )
        after = register.snapshot()
    assert len(after.changes) == len(before.changes) + 1
    assert after.changes[-1].number > before.changes[-1].number


def test_a_backup_is_made_while_somebody_writes(full, tmp_path):
    from dashboard.access import OPERATOR

    with closing(Register.open(full, seeds=None)) as register:
        register.save(OPERATOR, "circle", {"municipality": "1488", "name": "Ny cirkel"})
        assert run("backup", tmp_path / "one.zip") == 0
        register.save(OPERATOR, "circle", {"municipality": "1488", "name": "Ännu en"})
        assert run("backup", tmp_path / "two.zip") == 0
    from dashboard.register.backup import read_backup

    names = [
        {getattr(entry, "name", "") for entry in read_backup(tmp_path / f"{n}.zip").entries} for n in ("one", "two")
    ]
    assert names[1] - names[0] == {"Ännu en"}


@pytest.mark.parametrize("command", ["import", "restore"])
def test_what_is_there_is_replaced_only_when_that_is_said(full, command, tmp_path, capsys):
    source = tmp_path / ("backup.zip" if command == "restore" else "export")
    assert run("backup" if command == "restore" else "export", source) == 0
    with closing(Register.open(full, seeds=None)) as register:
        register.load(replace(DUMP, changes=DUMP.changes[:3]), replace=True)
    capsys.readouterr()
    assert run(command, source) == 1
    error = capsys.readouterr().err
    assert "holds entries already" in error
    assert "--replace" in error
    assert len(snapshot(full).changes) == 3
    assert run(command, "--replace", source) == 0
    assert snapshot(full) == in_file_order(DUMP)


def test_an_import_with_a_fault_changes_nothing(full, tmp_path, capsys):
    assert run("export", tmp_path / "out") == 0
    path = tmp_path / "out" / "project.yaml"
    path.write_text(path.read_text("utf-8").replace("budget: 0", "budget: much"), "utf-8")
    capsys.readouterr()
    assert run("import", "--replace", tmp_path / "out") == 1
    error = capsys.readouterr().err
    assert error.startswith("dashboard: project.yaml, torget: budget: ")
    assert error.count("\n") == 1
    assert snapshot(full) == in_file_order(DUMP)


def test_a_public_export_holds_only_what_the_public_sees(full, tmp_path, capsys):
    assert run("export", "--public", tmp_path / "open") == 0
    assert "only what the public sees" in capsys.readouterr().out
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "open").glob("*.yaml"))
    assert "Fler bänkar!" in text
    for internal in ("Hemligt", "vantar", "Lind", "sign_in", "no: #1"):
        assert internal not in text
    assert run("import", "--replace", tmp_path / "open") == 1
    assert "for the public" in capsys.readouterr().err
    assert snapshot(full) == in_file_order(DUMP)


def test_a_folder_of_others_is_left_alone(full, tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    assert run("export", tmp_path / "mine") == 1
    assert "is not empty and no export" in capsys.readouterr().err
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_show_tells_what_is_there_and_never_the_password(full, capsys):
    assert run("show") == 0
    said = capsys.readouterr().out
    assert "project: 1\n" in said
    assert "contribution: 2\n" in said
    assert "archived among them: 1\n" in said
    if full.startswith("postgresql"):
        assert full not in said
        assert said.startswith("database: postgresql, ")


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://register:hunter2secret@127.0.0.1:1/register",
        "postgresql://127.0.0.1:1/register?password=hunter2secret&user=register",
        "mysql://register:hunter2secret@127.0.0.1/register",
        "hunter2secret",
    ],
)
def test_a_database_that_does_not_answer_is_told_in_a_sentence_without_the_password(point, url, tmp_path, capsys):
    point(url)
    for command in (["show"], ["backup", tmp_path / "b.zip"], ["purge"]):
        assert run(*command) == 1
        error = capsys.readouterr().err
        assert error.startswith("dashboard: The register (")
        assert "does not answer" in error
        assert "hunter2secret" not in error
    assert not (tmp_path / "b.zip").exists()


def test_an_empty_register_is_seen_with_what_it_begins_with(register_url, point, tmp_path, embedded):
    point(register_url)
    assert run("export", tmp_path / "out") == 0
    seeded = read_folder(tmp_path / "out")
    assert {(entry.kind, entry.id) for entry in seeded.entries} == {
        (entry.kind, entry.id) for entry in read_seeds(embedded / "register")
    }
    assert {change.role for change in seeded.changes} == {"seed"}


def test_purge_deletes_what_is_over_and_no_more(register_url, point, capsys):
    over = date.today() - timedelta(days=1)  # noqa: DTZ011
    entries = tuple(
        entry.model_copy(update={"delete_after": over}) if entry.id == "vantar" else entry for entry in DUMP.entries
    )
    fill(register_url, replace(DUMP, entries=entries))
    point(register_url)
    assert run("purge") == 0
    assert capsys.readouterr().out == "1 contribution(s) deleted, whose time was over.\n"
    found = {entry.id: entry for entry in snapshot(register_url).entries if isinstance(entry, Contribution)}
    assert (found["vantar"].state, found["vantar"].text) == (ContributionState.REMOVED, "")
    assert found["bankar"].text.startswith("Fler bänkar!")
    assert list(snapshot(register_url).photos) == ["bankar"]
    assert run("purge") == 0
    assert capsys.readouterr().out == "0 contribution(s) deleted, whose time was over.\n"


@pytest.mark.parametrize("command", [["import"], ["restore", "a.zip", "b.zip"], ["export", "--everything", "x"], []])
def test_a_wrong_call_is_misuse(command):
    with pytest.raises(SystemExit) as ended:
        main(["register", *command])
    assert ended.value.code == 2


def test_a_folder_that_cannot_be_written_is_told(full, tmp_path, capsys):
    assert run("backup", tmp_path / "none" / "register.zip") == 1
    assert "cannot be used: No such file or directory" in capsys.readouterr().err
