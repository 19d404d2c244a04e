"""A file is replaced as a whole or not at all, and what is private is so from its first byte."""

from __future__ import annotations

import os
import time

import pytest

from dashboard import file_swap
from dashboard.file_swap import file_swapped_in


@pytest.fixture
def file(tmp_path):
    found = tmp_path / "figures [1].csv"
    found.write_text("old", "utf-8")
    return found


def names(file):
    return sorted(path.name for path in file.parent.iterdir())


def test_the_old_file_stands_until_the_new_one_is_whole(file):
    with file_swapped_in(file) as new:
        new.write_text("half", "utf-8")
        assert file.read_text("utf-8") == "old"
        assert new.name.startswith(".")
        new.write_text("new", "utf-8")
    assert file.read_text("utf-8") == "new"
    assert names(file) == [file.name]


def test_a_file_that_was_not_there_is_made(tmp_path):
    with file_swapped_in(tmp_path / "first.csv") as new:
        new.write_text("new", "utf-8")
    assert (tmp_path / "first.csv").read_text("utf-8") == "new"


def test_when_writing_fails_the_old_file_is_as_it_was(file):
    def write_half():
        with file_swapped_in(file) as new:
            new.write_text("half", "utf-8")
            raise ValueError("not as it should be")

    with pytest.raises(ValueError, match="not as it should be"):
        write_half()
    assert file.read_text("utf-8") == "old"
    assert names(file) == [file.name]


def test_what_was_written_is_on_the_disk_before_it_takes_the_place(file, monkeypatch):
    seen = []
    monkeypatch.setattr(file_swap.os, "fsync", lambda number: seen.append((os.fstat(number).st_size, file.read_text())))
    with file_swapped_in(file) as new:
        new.write_text("newer", "utf-8")
    assert seen == [(5, "old")]


def test_a_private_file_is_so_from_the_start_and_another_as_any_new_file(file):
    ordinary = file.parent / "ordinary"
    ordinary.touch()
    for private, mode in ((True, 0o600), (False, ordinary.stat().st_mode & 0o777)):
        with file_swapped_in(file, private=private) as new:
            assert new.stat().st_mode & 0o777 == mode
            new.write_text("new", "utf-8")
        assert file.stat().st_mode & 0o777 == mode


def test_two_that_write_at_once_each_write_a_whole_file(file):
    with file_swapped_in(file) as one, file_swapped_in(file) as other:
        one.write_text("one", "utf-8")
        other.write_text("other", "utf-8")
    # The inner block ends first.
    assert file.read_text("utf-8") == "one"
    assert names(file) == [file.name]


def test_what_a_killed_process_left_goes_and_what_is_under_way_stays(file):
    left, under_way = (file.with_name(f".new-{file.name}-{name}") for name in ("left", "under-way"))
    for path in (left, under_way):
        path.touch()
    # One that another writer has just swapped in is still in the list and no longer on the disk.
    file.with_name(f".new-{file.name}-gone").symlink_to(file.with_name("gone"))
    long_ago = time.time() - file_swap.SECONDS_A_NEW_FILE_MAY_STAND - 60
    os.utime(left, (long_ago, long_ago))
    with file_swapped_in(file) as new:
        new.write_text("new", "utf-8")
    assert left.name not in names(file)
    assert under_way.name in names(file)
