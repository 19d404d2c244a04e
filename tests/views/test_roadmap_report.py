"""The report on the roadmap: the words of the page, what has changed since a day, and nothing that is not for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdf
import pytest
from made_up_roadmap import GRANTS, MILESTONES, PROJECTS, ROADMAP, TODAY
from places_view import plain, view_of

from dashboard.access import LOCAL_EDITOR
from dashboard.cli import main
from dashboard.exports.report_file import report_pdf
from dashboard.register.contents import Contents
from dashboard.register.entries import Bound, Decision, ProjectStatus
from dashboard.register.grant_entries import GrantState, Spending
from dashboard.register.project_life import states
from dashboard.register.since import Difference, Since
from dashboard.register.store import Register
from dashboard.sheets import Report
from dashboard.views.clock import first_moment
from dashboard.views.context import View
from dashboard.views.roadmap_projects import headline
from dashboard.views.roadmap_report import roadmap_report
from dashboard.warehouse.connection import Warehouse

ASKED = date(2026, 3, 1)
MOMENT = first_moment(ASKED)


@pytest.fixture(scope="module")
def warehouse(home_city) -> Iterator[Warehouse]:
    opened = Warehouse(home_city.warehouse)
    yield opened
    opened.close()


@pytest.fixture
def view(home_city, warehouse) -> View:
    return view_of(home_city, warehouse)


def report(view: View, contents: Contents = ROADMAP, since: Since | None = None) -> Report:
    asked = None if since is None else ASKED
    return roadmap_report(view, contents, today=TODAY, since=since, asked=asked, public="https://staden.example")


def told(*differences: Difference, contents: Contents = ROADMAP, **values: object) -> Since:
    """Give what has changed of the made-up roadmap."""
    was = {one.entry.id: one.before for one in differences}
    before = {
        name: tuple(was.get(one.id, one) or one for one in getattr(contents, name))
        for name in ("projects", "milestones")
    }
    return replace(Since(MOMENT, True, replace(contents, **before), differences), **values)


def project_rows(made: Report) -> dict[str, tuple[str, ...]]:
    """Give of each project what stands in the last column."""
    tables = [one.table for one in made.sections if one.level == 3 and one.table]
    return {row[0].text: row[2].lines or (row[2].text,) for table in tables for row in table.rows}


def section(made: Report, heading: str):
    return next(one for one in made.sections if one.heading == heading)


def test_the_report_says_what_the_page_says(view):
    made = report(view)
    assert made.title == headline(view, states(ROADMAP, TODAY), 5)
    assert [one.heading for one in made.sections if one.level == 2] == [
        "Dagar att hålla",
        "Projekten efter insatsområde",
        "Statsbidrag",
        "Tal sedan starten",
        "Källor",
        "Så läser du rapporten",
    ]
    rows = project_rows(made)
    assert list(rows) == ["Skolgården", "Jobbspår", "Torget", "Gångvägen", "Biblioteket"]
    assert [plain(one) for one in rows["Skolgården"]] == [
        "Ritningar: klart 4 november 2024",
        "Belysning: försenat, skulle ha varit klart 1 maj 2026",
    ]
    assert rows["Gångvägen"] == ("Uppgift saknas.",)
    days = section(made, "Dagar att hålla").table
    assert [row[0].text for row in days.rows] == ["Delmål: Belysning", "Delmål: Avtal"]


def test_what_is_not_known_is_missing_with_its_reason_and_never_a_zero(view):
    (row,) = section(report(view), "Statsbidrag").table.rows
    assert [plain(cell.text) for cell in row[1:]] == ["Nära 1 650 000 kr", *["Uppgift saknas"] * 3]
    assert [cell.note for cell in row[2:]] == [*["Inga utgifter är införda."] * 2, "Sista dagen är inte införd."]
    owner = next(
        row[0].note for one in report(view).sections if one.level == 3 and one.table for row in one.table.rows
        if row[0].text == "Jobbspår"
    )  # fmt: skip
    assert "uppgift saknas" in owner


def test_every_figure_says_that_it_shows_no_cause(view):
    made = report(view)
    assert section(made, "Tal sedan starten").texts == (view.t("plan.no_cause"),)
    items = section(made, "Torget").items
    assert len(items) == 3
    assert all(one.text.endswith(view.t("plan.no_cause_short")) for one in items[:2])
    assert "gone_share finns inte längre" in items[2].text


def test_money_and_final_reports_that_are_near_come_first(view):
    grant = GRANTS[0].model_copy(update={"used_until": date(2026, 12, 10), "report_due": date(2026, 11, 1)})
    made = report(view, replace(ROADMAP, grants=(grant,)))
    first = made.sections[0]
    assert (first.heading, first.items[0].strong) == ("Att se till nu", "Viktigt:")
    assert "Slutrapporten skulle ha lämnats" in first.items[0].text


def test_that_nothing_has_changed_is_said_once_and_of_each(view):
    still = replace(ROADMAP, projects=tuple(one for one in PROJECTS if one.id != "skolgarden"))
    made = report(view, still, told(contents=still))
    assert plain(made.lead[0]) == "Ingenting har ändrats sedan 1 mars 2026."
    assert set(project_rows(made).values()) == {("Ingenting ändrat.",)}


def test_a_record_that_begins_later_says_so(view):
    late = datetime(2026, 5, 3, 22, 30, tzinfo=UTC)
    made = report(view, since=told(whole=False, moment=late))
    assert plain(made.lead[1]).startswith("Registrets anteckningar om ändringar börjar 4 maj 2026.")
    # Of the days before nothing is known, so nothing is said to have stood still.
    assert "4 maj 2026" in plain(made.dates[1])
    assert "1 mars 2026" not in plain(repr(made))


def test_changes_of_projects_are_said_in_words(view):
    torget, jobben = PROJECTS[0], PROJECTS[2]
    was = torget.model_copy(update={"status": ProjectStatus.DONE, "owner": "", "start_said": "2020"})
    decision = Decision(id="d9", project="torget", body="Nämnden", decided=date(2026, 4, 1), text="Ja.", reference="7")
    ritning, belysning, _ = MILESTONES
    made = report(
        view,
        since=told(
            Difference(torget, was, fields=("status", "owner", "start_said", "start_said_en")),
            Difference(jobben, new=True),
            Difference(ritning, ritning.model_copy(update={"done": None}), fields=("done",)),
            Difference(belysning, belysning.model_copy(update={"due": date(2026, 2, 1)}), fields=("due",)),
            Difference(decision, new=True),
            removed={("project", ""): 1, ("milestone", "skolgarden"): 2},
        ),
    )
    rows = {name: [plain(one) for one in lines] for name, lines in project_rows(made).items()}
    assert rows["Torget"] == [
        "Läge: från ”klart” till ”pågick 2021, nu okänt”.",
        "Nya uppgifter: förvaltning och start.",
        "Beslut, Nämnden, 1 april 2026: Ja. Diarienummer 7.",
    ]
    assert rows["Jobbspår"] == ["Nytt i färdplanen."]
    assert rows["Skolgården"] == [
        "Delmålet ”Ritningar” blev klart 4 november 2024.",
        "Delmålet ”Belysning” är flyttat: från 1 februari 2026 till 1 maj 2026.",
        "2 delmål visas inte längre.",
    ]
    assert plain(made.lead[0]) == (
        "Sedan 1 mars 2026: 1 nytt projekt, 2 projekt har ändrats och 1 projekt visas inte längre."
    )


def test_the_old_wording_of_a_text_is_not_brought_back(view):
    seen = PROJECTS[0].model_copy(update={"start_bound": Bound.SEEN})
    was = seen.model_copy(update={"start_said": "hos Anna Andersson", "summary": "Ring Anna."})
    plan = replace(ROADMAP, projects=(seen,))
    made = report(view, plan, told(Difference(seen, was, fields=("start_said", "summary")), contents=plan))
    assert "Anna" not in repr(made)
    (said,) = project_rows(made)["Torget"]
    assert said.startswith("Nya uppgifter: start och ")


def test_a_day_that_passes_makes_a_project_late_without_anybody_writing(view):
    # The milestone was due in May, so that the project was on time in March.
    plan = replace(ROADMAP, projects=(PROJECTS[1].model_copy(update={"end": None}),))
    made = report(view, plan, told(contents=plan))
    assert project_rows(made)["Skolgården"] == ("Läge: från ”pågår” till ”försenat”.",)


def test_changes_of_grants_are_said_in_words(view):
    (grant,) = GRANTS
    posts = tuple(Spending(id=f"s{n}", grant="g1", on=date(2026, 4, n), amount=500, what="Bänk") for n in (1, 2))
    contents = replace(ROADMAP, spending=posts)
    was = grant.model_copy(update={"state": GrantState.APPLIED, "granted_amount": None, "amount_is_about": False})
    since = told(
        Difference(grant, was, fields=("state", "granted_amount", "amount_is_about")),
        *(Difference(post, new=True) for post in posts),
        contents=contents,
    )
    items = section(report(view, contents, since), "Bidrag till torget").items
    assert plain(items[-1].text) == (
        "Läge: från ”sökt” till ”beviljad”. Nya uppgifter: beviljat belopp i kronor."
        " 2 nya utgifter, tillsammans 1 000 kr."
    )


def test_without_projects_and_grants_the_report_says_so(view):
    made = report(view, Contents(), told(contents=Contents()))
    assert made.title == view.t("plan.headline_none", city="Trollhättan")
    assert report_pdf(made).startswith(b"%PDF")


def test_the_command_tells_what_has_changed_and_nothing_that_is_not_for_all(
    made_up_city, tmp_path, monkeypatch, capsys
):
    url = f"sqlite:///{tmp_path / 'register.sqlite3'}"
    register = Register.open(url)
    values = {"municipality": "1487", "status": "planned"}
    kept = register.save(LOCAL_EDITOR, "project", values | {"name": "Nytt torg $x^2$ #panic()"})
    gone = register.save(LOCAL_EDITOR, "project", values | {"name": "Struket"})
    register.save(LOCAL_EDITOR, "milestone", {"project": kept.id, "name": "Ritning"})
    register.archive(LOCAL_EDITOR, "project", gone.id, gone.version)
    register.close()
    file = tmp_path / "report.pdf"
    with made_up_city.in_use():
        monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
        options = ["export", "roadmap-report", "--output", str(file), "--language", "en"]
        assert main([*options, "--since", "2026-03-01"]) == 0
        assert capsys.readouterr().out == f"{file}: a report on 1 project written.\n"
        text = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(file).pages).split())
        assert "Nytt torg $x^2$ #panic()" in text
        assert "New milestone: Ritning" in text
        assert "Struket" not in text
        assert LOCAL_EDITOR.sign_in not in text
        whole = file.read_bytes()
        for since, said in (("2026-13-01", "is no day: write --since like"), ("2999-01-01", "is yet to come")):
            assert main([*options, "--since", since]) == 1
            assert capsys.readouterr().err.startswith(f"dashboard: {since} {said}")
        monkeypatch.setattr("dashboard.exports.report_file.TEMPLATE", tmp_path / "gone.typ")
        assert main(options) == 1
        assert capsys.readouterr().err.startswith("dashboard: The template gone.typ is missing")
    assert file.read_bytes() == whole
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix != ".sqlite3") == ["report.pdf"]
