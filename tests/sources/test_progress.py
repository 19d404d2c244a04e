"""Progress: a bar on a terminal, one line a step elsewhere."""

import io

from dashboard.sources import progress
from dashboard.sources.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(stream: io.StringIO) -> str:
    shown = Progress(stream)
    shown.begin("Reading", 200)
    for done in range(0, 200, 10):
        shown.at(done)
    shown.end()
    shown.begin("Joining")
    shown.end()
    return stream.getvalue()


def test_where_nobody_watches_each_step_is_one_line():
    assert run(io.StringIO()) == "Reading …\nJoining …\n"


def test_on_a_terminal_a_bar_grows_in_its_line(monkeypatch):
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", -1)
    lines = run(Terminal()).split("\n")
    assert len(lines) == 3
    drawn = lines[0].split("\r")[1:]
    assert [text.count("█") for text in drawn] == sorted(text.count("█") for text in drawn)
    assert (" 50% " in lines[0], drawn[-1].count("█"), "100%" in drawn[-1]) == (True, progress.WIDTH, True)
    assert "█" not in lines[1], "a step of unknown size has no bar"


def test_a_terminal_is_not_flooded():
    stream = Terminal()
    shown = Progress(stream)
    shown.begin("Reading", 10**6)
    for done in range(10_000):
        shown.at(done)
    assert stream.getvalue().count("\r") < 100
