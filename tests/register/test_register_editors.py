"""Twenty people change the same entry at once: no change is lost, each is told of the others'."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from contradictions import contradictions

from dashboard.access import OPERATOR, Role, actor_of
from dashboard.register.entries import Entry
from dashboard.register.errors import ConflictError
from dashboard.register.store import Register

EDITORS = 20
SAVES = 4
#: Each process of a dashboard has a register of its own, with several visitors in threads.
PROCESSES = 4
BOOKKEEPING = {"id", "version", "archived"}


def edit(register: Register, number: int, entry: Entry, start: Barrier) -> list[str]:
    """Add a mark to the text of an entry several times, each time to the text that is there then."""
    editor = actor_of(f"editor {number}", [Role.EDITOR])
    marks = []
    start.wait()
    for turn in range(SAVES):
        mark = f"[{number}:{turn}]"
        while True:
            values = entry.model_dump(exclude=BOOKKEEPING)
            values["summary"] = f"{values['summary']}{mark}"
            try:
                entry = register.save(editor, "project", values, id=entry.id, version=entry.version)
                break
            except ConflictError as conflict:
                entry = conflict.current
        marks.append(mark)
    return marks


def test_no_change_of_twenty_editors_is_lost(register_url: str) -> None:
    registers = [Register.open(register_url, seeds=None) for _ in range(PROCESSES)]
    values = {"municipality": "1488", "name": "Påhittat projekt", "status": "planned"}
    entry = registers[0].save(OPERATOR, "project", values)
    start = Barrier(EDITORS)
    with ThreadPoolExecutor(EDITORS) as pool:
        running = [pool.submit(edit, registers[n % PROCESSES], n, entry, start) for n in range(EDITORS)]
        marks = [mark for one in running for mark in one.result()]
    dump = registers[0].snapshot()
    [after] = registers[0].contents(OPERATOR, "1488").projects
    for register in registers:
        register.close()
    assert contradictions(dump) == []
    assert after.version == 1 + len(marks) == 1 + EDITORS * SAVES
    assert Counter(after.summary.removeprefix("[").removesuffix("]").split("][")) == Counter(m[1:-1] for m in marks)
    made = [change for change in dump.changes if change.action == "update"]
    assert Counter(change.sign_in for change in made) == {f"editor {n}": SAVES for n in range(EDITORS)}
