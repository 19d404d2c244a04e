"""One update at a time; the second is told who holds the folder, and a killed one leaves no lock."""

import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.sources.present_data import read_present
from dashboard.update.faults import UpdateError
from dashboard.update.lock import LOCK, only_update
from dashboard.warehouse.fingerprint import fingerprint

HOLD = """
import sys, time
from pathlib import Path
from dashboard.update.lock import only_update
with only_update(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_update_is_told_who_holds_the_folder(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(UpdateError, match=rf"process {other.pid}, since 20\d\d-.*wait until it has ended"):
            only_update(tmp_path).__enter__()
        other.kill()
        other.wait()
        # What a killed one leaves is a file, and no lock.
        assert str(other.pid) in (tmp_path / LOCK).read_text("utf-8")
        with only_update(tmp_path):
            assert str(other.pid) not in (tmp_path / LOCK).read_text("utf-8")


def test_it_can_be_held_again_when_it_was_let_go(tmp_path: Path) -> None:
    for _ in range(2):
        with only_update(tmp_path):
            pass
    assert (tmp_path / LOCK).read_text("utf-8") == ""


def test_an_update_that_fails_lets_it_go(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="of its own"), only_update(tmp_path):
        raise ValueError("of its own")
    with only_update(tmp_path):
        pass


def test_the_lock_is_no_part_of_the_data(embedded: Path, tmp_path: Path) -> None:
    """A warehouse does not grow old because somebody has looked for an update."""
    before = fingerprint(embedded, None)
    with only_update(embedded):
        assert fingerprint(embedded, None) == before
        assert read_present(embedded).municipality == "1488"
    (embedded / LOCK).unlink()
