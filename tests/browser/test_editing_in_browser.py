"""Editing in place in a real browser: by keys alone, two tabs at once, without a database, and with text half written.

The dashboard rests on a PostgreSQL server of its own, which one of the tests stops while a form is open.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass

import pytest
from conftest import DESKTOP, PATIENCE, PHONE
from layout import outside_the_window, sideways_scroll
from playwright.sync_api import Browser, Dialog, Locator, expect
from server import PROJECT, running_dashboard
from test_each_page import grave_findings
from test_keyboard import reach
from visit import Visit

from dashboard.access import OPERATOR
from dashboard.register.entries import Project
from dashboard.register.store import Register

# Last, so that nothing there comes before what lies beside this file.
sys.path.append(str(PROJECT / "tests" / "register"))
from postgresql import Cluster, find_postgresql, running_cluster

# Read before any test takes the settings out of the environment.
PROGRAMS = find_postgresql()
SQUARE = "kronogards-torg"
GONE = "Registret svarar inte just nu. Försök igen om en stund."


@dataclass(frozen=True)
class Served:
    """A running dashboard in local editor mode, its register, and the database's server."""

    address: str
    register: Register
    cluster: Cluster

    def new_project(self, name: str) -> str:
        """Put a project into the register and give its id."""
        values = {"municipality": "1488", "name": name, "status": "ongoing", "summary": "Så var det från början."}
        return self.register.save(OPERATOR, "project", values).id

    def project(self, entry_id: str) -> Project:
        found = self.register.contents(OPERATOR, "1488").find(Project, entry_id)
        assert found is not None
        return found


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("editing")
    with (
        running_cluster(PROGRAMS) as cluster,
        cluster.database() as url,
        closing(Register.open(url, PROJECT / "data" / "register")) as register,
        # The log tells of the database that is stopped.
        running_dashboard(
            folder, may_tell_errors=True, DASHBOARD_DATABASE_URL=url, DASHBOARD_LOCAL_EDITOR="true"
        ) as address,
    ):
        yield Served(address, register, cluster)


@dataclass(frozen=True)
class Form:
    """The form of a project in a tab."""

    visit: Visit
    id: str

    @property
    def slot(self) -> str:
        return f"edit-project-{self.id}"

    def go(self) -> Form:
        self.visit.go(f"fardplan?projekt={self.id}")
        return self

    def open(self) -> Form:
        self.go().button("open").click()
        self.wait_for_focus("form")
        self.visit.settle()
        return self

    def button(self, name: str) -> Locator:
        return self.visit.widget(f"{self.slot}-{name}").locator("button")

    def do(self, name: str) -> None:
        self.button(f"do-{name}").click()

    def field(self, name: str) -> Locator:
        return self.visit.widget(f"{self.slot}-{name}").locator("input, textarea")

    def write(self, **texts: str) -> Form:
        for name, text in texts.items():
            self.field(name).fill(text)
            self.field(name).blur()
        self.visit.settle()
        return self

    def block(self) -> Locator:
        return self.visit.widget(f"form-{self.slot}")

    def wait_for_focus(self, place: str) -> None:
        """Wait until the form's heading (`form`) or what is told of its faults (`faults`) has the focus."""
        self.visit.page.wait_for_function(
            "place => document.activeElement.dataset.focus === place", arg=f"{self.slot}-{place}"
        )

    def wait_for_focus_on_open(self) -> None:
        """Wait until the button that opens the form has the focus."""
        self.visit.page.wait_for_function(
            "key => document.activeElement.closest('.st-key-' + key) !== null", arg=f"{self.slot}-open"
        )

    def wait_until_saved(self) -> None:
        expect(self.visit.page.get_by_role("status").filter(has_text="Ändringen är sparad.")).to_be_visible()
        self.wait_for_focus_on_open()


OpenForm = Callable[..., Form]


@pytest.fixture
def form(browser: Browser, served: Served) -> Iterator[OpenForm]:
    """Give forms of projects, each in a tab of a visitor of its own."""
    contexts = []

    def form_of(entry_id: str, size: dict[str, int] = DESKTOP, colours: str = "light") -> Form:
        context = browser.new_context(viewport=size, color_scheme=colours, locale="sv-SE")
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        return Form(Visit(context.new_page(), served.address), entry_id)

    yield form_of
    for context in contexts:
        context.close()


def questions(visit: Visit, *, leave: bool) -> list[str]:
    """Answer the browser's questions before a page is left, and give the list that they are noted in."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        if leave:
            dialog.accept()
        else:
            dialog.dismiss()

    visit.page.on("dialog", answer)
    return asked


def check_layout(form: Form) -> None:
    """Check that the open form is open to all and stays within the window."""
    assert grave_findings(form.visit) == []
    assert sideways_scroll(form.visit.page) == 0
    assert outside_the_window(form.visit.page) == []


def test_a_project_is_changed_by_keys_alone(form: OpenForm, served: Served) -> None:
    one = form(SQUARE).go()
    visit, keys = one.visit, one.visit.page.keyboard
    reach(visit, "button", f"{one.slot}-open")
    keys.press("Enter")
    one.wait_for_focus("form")
    visit.settle()
    check_layout(one)

    reach(visit, "textarea", f"{one.slot}-summary")
    keys.press("Control+a")
    keys.type("Ett torg att stanna på.")
    reach(visit, "combobox", f"{one.slot}-status")
    # A list that is left with Escape keeps what was chosen.
    keys.press("ArrowDown")
    visit.page.get_by_role("option").first.wait_for()
    keys.press("ArrowDown")
    keys.press("Escape")
    visit.page.get_by_role("listbox").wait_for(state="detached")
    expect(one.field("status")).to_have_value("Pågår")
    keys.press("ArrowDown")
    visit.page.get_by_role("option", name="Pausat").wait_for()
    while visit.page.locator("[role=option][data-focused]").inner_text() != "Pausat":
        keys.press("ArrowDown")
    keys.press("Enter")
    expect(one.field("status")).to_have_value("Pausat")
    visit.settle()

    reach(visit, "button", f"{one.slot}-do-preview")
    keys.press("Enter")
    expect(visit.page.get_by_role("heading", name="Granska innan du sparar")).to_be_visible()
    one.wait_for_focus("form")
    visit.settle()
    check_layout(one)
    changes = one.block().get_by_role("table")
    expect(changes.get_by_role("row").filter(has_text="Ett torg att stanna på.")).to_contain_text("Drottningtorget")
    expect(changes.get_by_role("row", name="Läge Pågår Pausat")).to_be_visible()
    assert served.project(SQUARE).status == "ongoing"

    reach(visit, "button", f"{one.slot}-do-save")
    keys.press("Space")
    one.wait_until_saved()
    expect(visit.page.locator("p.hs-lead").first).to_contain_text("Pausat")
    expect(visit.page.locator("p.hs-text").get_by_text("Ett torg att stanna på.")).to_be_visible()
    saved = served.project(SQUARE)
    assert (saved.status, saved.summary) == ("paused", "Ett torg att stanna på.")
    assert visit.complaints == []


def test_two_tabs_at_once_lose_nothing_and_the_second_chooses(form: OpenForm, served: Served) -> None:
    project = served.new_project("Påhittat projekt i två flikar")
    first, second = form(project).open(), form(project).open()
    first.write(summary="Så skrev den första.", results="Resultat av den första.", owner="Parkkontoret")
    second.write(summary="Så skrev den andra.", results="Resultat av den andra.", start_said="på våren")
    first.do("save")
    first.wait_until_saved()
    second.do("save")
    second.wait_for_focus("form")
    alert = second.block().get_by_role("alert")
    expect(alert).to_contain_text("Någon annan ändrade samma uppgift medan du skrev. Inget är överskrivet.")
    for words in ("Så skrev den första.", "Så skrev den andra.", "Så var det från början.", "Parkkontoret", "på våren"):
        expect(second.block().get_by_text(words).first).to_be_visible()

    # Nothing is chosen for anybody, and nothing is saved until everything is chosen.
    second.do("settle")
    expect(second.block().get_by_text("Välj för varje uppgift vad som ska gälla.")).to_be_visible()
    assert served.project(project).summary == "Så skrev den första."
    for name, choice in (("summary", "Ta det jag skrev"), ("results", "Behåll det som står nu")):
        button = second.visit.widget(f"{second.slot}-take-{name}").get_by_role("radio", name=choice)
        button.focus()
        button.press("Space")
        expect(button).to_be_checked()
    second.visit.settle()
    assert grave_findings(second.visit) == []
    second.do("settle")
    second.wait_until_saved()
    saved = served.project(project)
    assert (saved.summary, saved.results) == ("Så skrev den andra.", "Resultat av den första.")
    assert (saved.owner, saved.start_said) == ("Parkkontoret", "på våren")
    page = second.visit.page
    expect(page.locator("p.hs-text").get_by_text("Så skrev den andra.")).to_be_visible()
    expect(page.locator("p.hs-text").get_by_text("Resultat av den första.")).to_be_visible()

    second.button("open").click()
    second.wait_for_focus("form")
    second.do("history")
    lines = second.block().get_by_role("heading", level=4)
    expect(lines).to_have_count(3)
    done = [re.findall("(ändrad|tillagd) av", line) for line in lines.all_inner_texts()]
    assert done == [["ändrad"], ["ändrad"], ["tillagd"]]
    for before, after in (("första.", "andra."), ("från början.", "första.")):
        row = second.block().get_by_role("row", name=re.compile(f"{before} Så skrev den {after}$"))
        expect(row).to_have_count(1)
    assert first.visit.complaints == second.visit.complaints == []


def test_a_database_that_is_gone_is_a_sentence_and_the_text_stays_until_it_is_back(
    form: OpenForm, served: Served
) -> None:
    project = served.new_project("Påhittat projekt utan databas")
    one = form(project).open().write(summary="Skrivet före avbrottet.")
    served.cluster.stop("immediate")
    try:
        one.do("save")
        one.wait_for_focus("faults")
        expect(one.block().get_by_role("alert").first).to_contain_text(GONE)
        expect(one.block().get_by_role("alert").first).to_contain_text("Det du har skrivit finns kvar.")
        expect(one.field("summary")).to_have_value("Skrivet före avbrottet.")
        # The form goes on, also over a choice that draws the whole page anew, on which it cannot stand.
        one.field("owner").fill("Skrivet under avbrottet")
        one.visit.choose("lang", "app.language_en")
        expect(one.visit.page.get_by_role("button", name="Save")).to_have_count(0)
        one.visit.settle()
        assert one.visit.page.locator("[data-testid=stException]").count() == 0
    finally:
        served.cluster.start()
    one.visit.choose("lang", "app.language_sv")
    expect(one.field("summary")).to_have_value("Skrivet före avbrottet.")
    expect(one.field("owner")).to_have_value("Skrivet under avbrottet")
    one.visit.settle()
    one.do("save")
    one.wait_until_saved()
    saved = served.project(project)
    assert (saved.summary, saved.owner) == ("Skrivet före avbrottet.", "Skrivet under avbrottet")
    assert one.visit.complaints == []


def test_what_is_wrong_is_said_at_its_field_and_read_out_and_the_text_stays(form: OpenForm, served: Served) -> None:
    project = served.new_project("Påhittat projekt med fel")
    one = form(project).open().write(name="", start="2021-13", budget="en massa pengar", summary="Kvar")
    one.do("save")
    # Said at once, and the focus is on it.
    one.wait_for_focus("faults")
    alert = one.block().get_by_role("alert")
    expect(alert).to_contain_text("Det gick inte att spara, för något behöver rättas. Det du har skrivit finns kvar.")
    # In the name of the field, which is read out with it, and seen above it.
    told = {
        "name": "Det här måste fyllas i.",
        "start": "Skriv ett år, en månad eller en dag, till exempel 2021, 2021-09 eller 2021-09-01.",
        "budget": "Skriv beloppet i hela kronor med siffror, till exempel 1 650 000.",
    }
    for name, sentence in told.items():
        expect(one.field(name)).to_have_accessible_name(re.compile(f"Rätta: {re.escape(sentence)}"))
        expect(one.visit.widget(f"{one.slot}-{name}").locator("label")).to_contain_text(sentence)
    for name, text in {"name": "", "start": "2021-13", "budget": "en massa pengar", "summary": "Kvar"}.items():
        expect(one.field(name)).to_have_value(text)
    assert served.project(project).name == "Påhittat projekt med fel"

    # A link of the summary leads to its field.
    alert.get_by_role("link", name="Budget i kronor").press("Enter")
    expect(one.field("budget")).to_be_focused()
    assert grave_findings(one.visit) == []
    one.write(name="Påhittat projekt utan fel", start="2021-12", budget="5 000")
    one.do("save")
    one.wait_until_saved()
    saved = served.project(project)
    assert (saved.name, saved.start, saved.budget, saved.summary) == (
        "Påhittat projekt utan fel",
        "2021-12",
        5000,
        "Kvar",
    )
    assert one.visit.complaints == []


def test_unsaved_text_is_lost_only_when_that_is_chosen(form: OpenForm, served: Served) -> None:
    project = served.new_project("Påhittat projekt med halvskriven text")
    before = served.project(project)
    one = form(project).open()
    asked = questions(one.visit, leave=False)
    page = one.visit.page
    # The browser asks, though the field is not even left.
    one.field("summary").press_sequentially("Halvskrivet.")
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    assert not page.is_closed()

    # A tap: the page is left at the very moment at which the field is. No page of the browser is, so it does not ask;
    # but the text would still be lost by loading one anew.
    page.locator(".st-key-nav-data-och-metod a").click()
    one.visit.wait_for_url("data-och-metod")
    expect(one.block()).to_have_count(0)
    assert len(asked) == 1
    page.close(run_before_unload=True)
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"] * 2
    page.go_back()
    one.visit.wait_for_url(f"projekt={project}")
    expect(one.field("summary")).to_have_value(re.compile(r"Halvskrivet\.$"))

    # Cancelling asks too, and nothing was saved until then.
    one.do("cancel")
    one.wait_for_focus("form")
    expect(one.block()).to_contain_text("Vill du kasta det du har skrivit?")
    one.do("back")
    expect(one.field("summary")).to_have_value(re.compile(r"Halvskrivet\.$"))
    one.do("cancel")
    one.do("throw")
    one.wait_for_focus_on_open()
    assert served.project(project) == before
    # Nothing is left to be lost: neither what was thrown away nor what is saved.
    one.go()
    one.button("open").click()
    one.wait_for_focus("form")
    one.visit.settle()
    one.write(summary="Färdigskrivet.")
    one.do("save")
    one.wait_until_saved()
    one.visit.settle()
    one.go()
    assert len(asked) == 2
    assert served.project(project).summary == "Färdigskrivet."
    assert one.visit.complaints == []


def test_the_open_form_is_open_to_all_in_the_dark_on_a_phone(form: OpenForm) -> None:
    one = form(SQUARE, PHONE, "dark").open()
    check_layout(one)
    one.write(status_why="Ändrat här")
    one.do("preview")
    expect(one.block().get_by_role("table").first).to_contain_text("Ändrat här")
    one.visit.settle()
    check_layout(one)
    assert one.visit.complaints == []
