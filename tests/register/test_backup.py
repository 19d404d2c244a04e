"""A backup in one file: whole or refused, and never able to harm whoever restores it."""

from __future__ import annotations

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from made_up_dumps import DUMP

from dashboard.register import backup
from dashboard.register.backup import read_backup, write_backup
from dashboard.register.dump import Dump
from dashboard.register.errors import RegisterFileError
from dashboard.register.yaml_files import in_file_order

Files = dict[str, bytes]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "register.zip"
    write_backup(DUMP, found)
    return found


def packed(path: Path, change: Callable[[Files], None]) -> Path:
    """Pack a backup anew, changed."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def test_a_backup_reads_back_as_what_was_written(file: Path) -> None:
    assert read_backup(file) == in_file_order(DUMP)
    assert [path.name for path in file.parent.iterdir()] == ["register.zip"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_same_register_gives_the_same_file(file: Path) -> None:
    before = file.read_bytes()
    write_backup(DUMP, file)
    assert file.read_bytes() == before


def test_a_file_that_is_no_backup_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "budget.zip"
    for content in (b"mine", b""):
        path.write_bytes(content)
        with pytest.raises(RegisterFileError, match="is no backup of the register"):
            write_backup(DUMP, path)
        assert path.read_bytes() == content
    with pytest.raises(RegisterFileError, match="is a folder"):
        write_backup(DUMP, tmp_path)


def test_what_does_not_read_back_is_not_swapped_in(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = file.read_bytes()
    monkeypatch.setattr(backup, "read_backup", lambda _path: Dump())
    with pytest.raises(RegisterFileError, match="does not read back"):
        write_backup(DUMP, file)
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == ["register.zip"]


def test_damage_anywhere_is_found(file: Path) -> None:
    """A byte that is off, wherever in the file, leads to a refusal or to the very same register, never to another."""
    whole = file.read_bytes()
    refused = 0
    for place in range(0, len(whole), 29):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            assert read_backup(file) == in_file_order(DUMP)
        except RegisterFileError:
            refused += 1
    assert refused > len(whole) // 29 // 2


@pytest.mark.parametrize("share", [0.0, 0.3, 0.99])
def test_a_file_that_was_cut_off_is_refused(file: Path, share: float) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(RegisterFileError, match=r"register\.zip is no readable zip file"):
        read_backup(file)


def _other_content(files: Files) -> None:
    files["project.yaml"] = files["project.yaml"].replace(b"budget: 0", b"budget: 9")


def _no_sum(files: Files) -> None:
    manifest = json.loads(files["manifest.json"])
    del manifest["files"]["project.yaml"]
    files["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_other_content, r"project\.yaml is damaged"),
        (_no_sum, r"project\.yaml is damaged"),
        (lambda files: files.pop("changes.yaml"), r"changes\.yaml is damaged or missing"),
        (lambda files: files.pop("manifest.json"), "is no backup"),
        (lambda files: files.update({"manifest.json": b"[" * 100_000}), r"manifest\.json cannot be read"),
        (lambda files: files.update({"manifest.json": b"[]"}), r"manifest\.json cannot be read"),
        (lambda files: files.update({"../../escaped.yaml": b"x"}), "which is in no backup"),
        (lambda files: files.update({"/etc/escaped": b"x"}), "which is in no backup"),
        (lambda files: files.update({"photos/../../x.jpg": b"x"}), "which is in no backup"),
    ],
)
def test_a_file_that_was_tampered_with_is_refused(file: Path, change: Callable[[Files], None], said: str) -> None:
    with pytest.raises(RegisterFileError, match=said):
        read_backup(packed(file, change))
    assert [path.name for path in file.parent.iterdir()] == ["register.zip"]


def test_a_small_file_that_unpacks_to_very_much_is_left_alone(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "MOST_BYTES", 10_000_000)
    bomb = packed(file, lambda files: files.update({"changes.yaml": b"\n" * 10_000_001}))
    assert bomb.stat().st_size < 100_000
    with pytest.raises(RegisterFileError, match="more than any register holds"):
        read_backup(bomb)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused(file: Path) -> None:
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("project.yaml", "[]")
    with pytest.raises(RegisterFileError, match="there twice"):
        read_backup(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterFileError, match="There is no file"):
        read_backup(tmp_path / "none.zip")
