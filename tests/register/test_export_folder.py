"""The folder of an export: swapped in whole, and nothing that is not its own is ever removed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from made_up_dumps import DUMP

from dashboard.register import export_folder
from dashboard.register.dump import Dump
from dashboard.register.errors import RegisterFileError
from dashboard.register.export_folder import read_folder, write_folder
from dashboard.register.public_part import public_part
from dashboard.register.yaml_files import in_file_order


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "exports" / "register"
    found.parent.mkdir()
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_reads_back_as_what_was_written(folder: Path) -> None:
    write_folder(DUMP, folder)
    assert read_folder(folder) == in_file_order(DUMP)
    assert [path.name for path in folder.parent.iterdir()] == ["register"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_the_next_export_takes_the_place_of_the_last(folder: Path) -> None:
    write_folder(DUMP, folder)
    first = contents(folder)
    write_folder(DUMP, folder)
    assert contents(folder) == first
    write_folder(Dump(), folder)
    assert read_folder(folder) == Dump()


def test_an_empty_folder_and_a_relative_one_are_filled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder.mkdir()
    monkeypatch.chdir(folder.parent)
    write_folder(DUMP, Path("register"))
    assert read_folder(folder) == in_file_order(DUMP)


@pytest.mark.parametrize("name", ["notes.txt", ".git/config", "photos/holiday.jpeg", "more/project.yaml"])
def test_a_file_of_others_is_never_removed(folder: Path, name: str) -> None:
    write_folder(DUMP, folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("mine")
    before = contents(folder)
    with pytest.raises(RegisterFileError, match=f"holds {name.partition('/')[0]}"):
        write_folder(Dump(), folder)
    assert contents(folder) == before


def test_a_folder_with_anything_else_is_refused(folder: Path) -> None:
    folder.mkdir()
    (folder / "project.yaml").write_text("mine")
    with pytest.raises(RegisterFileError, match="is not empty and no export"):
        write_folder(DUMP, folder)
    assert contents(folder) == {"project.yaml": b"mine"}
    with pytest.raises(RegisterFileError, match="is a file"):
        write_folder(DUMP, folder / "project.yaml")


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    write_folder(DUMP, folder)
    (tmp_path / "elsewhere.yaml").write_text("[]")
    (folder / "spending.yaml").unlink()
    (folder / "spending.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(RegisterFileError, match=r"holds spending\.yaml"):
        write_folder(DUMP, folder)


def test_what_does_not_read_back_is_not_swapped_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(DUMP, folder)
    before = contents(folder)
    monkeypatch.setattr(export_folder, "read_folder", lambda _folder: DUMP)
    with pytest.raises(RegisterFileError, match="does not read back"):
        write_folder(Dump(), folder)
    assert contents(folder) == before
    assert [path.name for path in folder.parent.iterdir()] == ["register"]


def test_hidden_files_do_not_stand_in_the_way_of_reading(folder: Path) -> None:
    write_folder(DUMP, folder)
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("x")
    assert read_folder(folder) == in_file_order(DUMP)


def test_a_public_export_is_written_and_cannot_be_read_as_a_register(folder: Path) -> None:
    write_folder(public_part(DUMP), folder, "public")
    assert not (folder / "changes.yaml").exists()
    with pytest.raises(RegisterFileError, match="for the public"):
        read_folder(folder)
    write_folder(public_part(DUMP), folder, "public")


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterFileError, match="There is no folder"):
        read_folder(tmp_path / "none")
    with pytest.raises(RegisterFileError, match=r"register\.yaml is missing"):
        read_folder(tmp_path)
