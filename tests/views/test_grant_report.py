"""The draft of a grant's final report: what the register knows stands there, what it does not is left to write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pypdf
import pytest
from made_up_roadmap import GRANTS, ROADMAP, TODAY
from places_view import plain, view_of

from dashboard.access import LOCAL_EDITOR
from dashboard.cli import main
from dashboard.register.contents import Contents
from dashboard.register.grant_entries import Spending
from dashboard.register.store import Register
from dashboard.sheets import Report
from dashboard.views.batch_view import view_for_files
from dashboard.views.context import View
from dashboard.views.grant_report import grant_report
from dashboard.warehouse.connection import Warehouse

GRANT = GRANTS[0].model_copy(update={"projects": ("skolgarden",), "amount_is_about": False})
POSTS = tuple(Spending(id=f"s{n}", grant="g1", on=date(2026, 4, n), amount=800_000, what="Bänk") for n in (1, 2, 3))


@pytest.fixture(scope="module")
def warehouse(home_city) -> Iterator[Warehouse]:
    opened = Warehouse(home_city.warehouse)
    yield opened
    opened.close()


@pytest.fixture
def view(home_city, warehouse) -> View:
    return view_of(home_city, warehouse)


def report(view: View, contents: Contents, **values: object) -> Report:
    return grant_report(view, contents, GRANT.model_copy(update=values), today=TODAY, public="")


def money_of(made: Report) -> list[list[str]]:
    table = next(one.table for one in made.sections if one.heading == "Pengarna")
    return [[plain(cell.text) for cell in row] for row in table.rows]


def test_what_the_register_does_not_know_is_left_to_write_and_never_a_zero(view):
    made = report(view, ROADMAP)
    facts = made.sections[0].table
    missing = {row[0].text for row in facts.rows if row[1].text == "Uppgift saknas"}
    assert len(missing) == 6
    assert all(row[1].note for row in facts.rows if row[1].text == "Uppgift saknas")
    assert money_of(made) == [
        ["Beviljat", "", "1 650 000 kr"],
        ["Använt", "", "Uppgift saknas"],
        ["Kvar", "", "Uppgift saknas"],
    ]
    assert [one.blank > 0 for one in made.sections if one.heading.endswith("?")] == [True] * 5
    assert made.lead[0] == "När slutrapporten ska lämnas är inte infört i registret."


def test_each_post_what_is_used_and_what_is_left_or_over_stand_there(view):
    posts = replace(ROADMAP, spending=POSTS[:2])
    rows = money_of(report(view, posts))
    assert rows[1:3] == [["Bänk", "1 april 2026", "800 000 kr"], ["Bänk", "2 april 2026", "800 000 kr"]]
    assert rows[3:] == [["Använt", "", "1 600 000 kr"], ["Kvar", "", "50 000 kr"]]
    assert money_of(report(view, replace(ROADMAP, spending=POSTS)))[-1] == ["Mer än beviljat", "", "750 000 kr"]


def test_what_the_projects_have_reached_stands_there_and_what_they_have_not_does_not(view):
    items = next(one.items for one in report(view, ROADMAP).sections if one.heading == "Skolgården")
    said = [plain(f"{one.strong} {one.text}") for one in items]
    assert said[1:] == ["Delmål: Ritningar, klart 4 november 2024."]
    late = report(view, ROADMAP, report_due=date(2026, 11, 1)).lead[0]
    assert plain(late) == "Slutrapporten ska lämnas senast 1 november 2026, för 24 dagar sedan."


def test_the_command_writes_it_for_a_grant_that_was_granted(made_up_city, tmp_path, monkeypatch, capsys):
    url, file = f"sqlite:///{tmp_path / 'register.sqlite3'}", tmp_path / "report.pdf"
    register = Register.open(url)
    funder = register.save(LOCAL_EDITOR, "funder", {"municipality": "1487", "name": "Givaren"})
    values = {"municipality": "1487", "funder": funder.id}
    granted, planned = (
        register.save(LOCAL_EDITOR, "grant", values | {"name": name, "state": state})
        for name, state in (("Bidrag $x^2$ #panic()", "granted"), ("Tanke", "planned"))
    )
    register.close()
    with made_up_city.in_use():
        monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
        opened = view_for_files(made_up_city.settings(), "en")
        monkeypatch.setattr("dashboard.report_command.fresh_view", lambda *_: opened)
        options = ["export", "grant-report", "--output", str(file), "--language", "en", "--grant"]
        for unknown, why in (("nix", "There is no grant nix"), (planned.id, f"Nothing was granted of {planned.id}")):
            assert main([*options, unknown]) == 1
            assert capsys.readouterr().err.splitlines()[-1].startswith(f"dashboard: {why} in ")
        assert not file.exists()
        assert main([*options, granted.id]) == 0
    text = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(file).pages).split())
    assert "Final report: Bidrag $x^2$ #panic()" in text
    assert "Givaren" in text
