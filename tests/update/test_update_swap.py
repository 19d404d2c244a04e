"""The parts of the data folder are swapped all or none, also when the process is killed on the way."""

import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.update.swap import JOURNAL, swap, workshop

PARTS = ("observations", "catalogue/sources", "networks", "bundle.yaml")
KILLED = """
import os, sys
from pathlib import Path
from dashboard.update import swap as room
data, left = Path(sys.argv[1]), int(sys.argv[2])
whole = Path.rename
def rename(self, target):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    return whole(self, target)
with room.workshop(data) as shop:
    new = shop / "new"
    for name in ("observations", "catalogue/sources"):
        (new / name).mkdir(parents=True)
        (new / name / "a").write_text("new")
    (new / "bundle.yaml").write_text("new")
    Path.rename = rename
    room.swap(new, ("observations", "catalogue/sources", "networks", "bundle.yaml"), data, shop)
    os._exit(0)
"""


def folder(path: Path, text: str, *, networks: bool = True) -> Path:
    for name in ("observations", "catalogue/sources", *(("networks",) if networks else ())):
        (path / name).mkdir(parents=True)
        (path / name / "a").write_text(text)
    (path / "bundle.yaml").write_text(text)
    (path / "catalogue" / "other").write_text("stays")
    return path


def content(path: Path) -> dict[str, str]:
    return {one.relative_to(path).as_posix(): one.read_text() for one in path.rglob("*") if one.is_file()}


def test_all_parts_change_and_nothing_else(tmp_path: Path) -> None:
    data = folder(tmp_path / "data", "old")
    with workshop(data) as shop:
        swap(folder(shop / "new", "new", networks=False), PARTS, data, shop)
    assert content(data) == {
        "observations/a": "new",
        "catalogue/sources/a": "new",
        "catalogue/other": "stays",
        "bundle.yaml": "new",
    }, "A part that the new folder has not is gone."
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


@pytest.mark.parametrize("place", range(7))
def test_a_process_that_is_killed_on_the_way_is_undone_by_the_next_one(tmp_path: Path, place: int) -> None:
    """There are seven renames: four parts go out, three come in. After each of them the process ends at once."""
    data = folder(tmp_path / "data", "old")
    before = content(data)
    ended = subprocess.run([sys.executable, "-c", KILLED, str(data), str(place)], check=False)
    assert ended.returncode == 9
    with workshop(data):
        assert content(data) == before
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


def test_a_disk_that_refuses_leaves_everything_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = folder(tmp_path / "data", "old")
    before, rename = content(data), Path.rename

    def full(self: Path, target: Path) -> Path:
        if "new" in self.parts and self.name == "bundle.yaml":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    with workshop(data) as shop:
        new = folder(shop / "new", "new")
        monkeypatch.setattr(Path, "rename", full)
        with pytest.raises(OSError, match="No space"):
            swap(new, PARTS, data, shop)
        monkeypatch.undo()
        assert content(data) == before
        assert not (shop / JOURNAL).exists()


def test_a_part_that_was_not_there_before_is_taken_away_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = folder(tmp_path / "data", "old", networks=False)
    before, rename = content(data), Path.rename

    def full(self: Path, target: Path) -> Path:
        if "new" in self.parts and self.name == "bundle.yaml":
            raise OSError(28, "No space left on device")
        return rename(self, target)

    with workshop(data) as shop:
        new = folder(shop / "new", "new")
        monkeypatch.setattr(Path, "rename", full)
        with pytest.raises(OSError, match="No space"):
            swap(new, PARTS, data, shop)
        assert content(data) == before
