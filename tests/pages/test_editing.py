"""Editing in place as somebody meets it: open, write, be refused and keep the text, preview, save, two at once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest
from visitor import Visitor, plain

from dashboard.access import LOCAL_EDITOR, OPERATOR, PUBLIC, Action, Actor, Role, actor_of
from dashboard.register.contents import Contents
from dashboard.register.entries import Project
from dashboard.register.errors import UnavailableError
from dashboard.register.kinds import KINDS
from dashboard.register.store import Register
from dashboard.views import context, register_access

EDITOR = actor_of("anna", [Role.EDITOR])
MODERATOR = actor_of("bo", [Role.MODERATOR])
ID = "kronogards-torg"
SLOT = f"edit-project-{ID}"


class Editor(Visitor):
    """A visitor who edits the project on the square of Kronogården."""

    def open_project(self) -> Editor:
        self.open("roadmap", projekt=ID)
        return self

    def edit(self, slot: str = SLOT) -> Editor:
        self.press(f"{slot}-open")
        return self

    def write(self, slot: str = SLOT, **values: object) -> Editor:
        for name, value in values.items():
            self.field(name, slot).set_value(value)
        self.at.run()
        return self

    def field(self, name: str, slot: str = SLOT):
        kinds = (self.at.text_input, self.at.text_area, self.at.selectbox, self.at.multiselect, self.at.checkbox)
        return next(one for kind in kinds for one in kind if one.key == f"{slot}-{name}")

    def do(self, what: str, slot: str = SLOT) -> Editor:
        self.press(f"{slot}-do-{what}")
        return self

    def has(self, key: str) -> bool:
        return any(button.key == key for button in self.at.button)

    def read(self) -> str:
        return plain(self.markup).replace("\u00a0", " ")


@pytest.fixture
def register(home_city, tmp_path, monkeypatch) -> Iterator[Register]:
    """Point the pages at a register of their own, with what is published in it."""
    url = f"sqlite:///{tmp_path / 'register.sqlite3'}"
    with home_city.in_use():
        monkeypatch.setenv("DASHBOARD_DATABASE_URL", url)
        register_access.forget()
        opened = Register.open(url, home_city.data / "register")
        yield opened
        opened.close()
    register_access.forget()


def act_as(monkeypatch: pytest.MonkeyPatch, actor: Actor) -> None:
    monkeypatch.setattr(context, "current_actor", lambda settings: actor)


@pytest.fixture
def editor(register, monkeypatch) -> Editor:
    act_as(monkeypatch, EDITOR)
    return Editor().open_project()


def project_in(register: Register, entry_id: str = ID) -> Project:
    found = register.contents(OPERATOR, "1488").find(Project, entry_id)
    assert found is not None
    return found


def test_readers_are_offered_nothing(register):
    page = Editor().open_project()
    assert page.is_well()
    assert [button.key for button in page.at.button if "edit-" in str(button.key) or "new-" in str(button.key)] == []


def test_what_is_written_is_saved_and_told(editor, register):
    editor.edit().write(budget="1 700 000 kr", partners="Eidar\nSkolan", start="2021-9")
    editor.do("save")
    saved = project_in(register)
    assert (saved.budget, saved.partners, saved.start) == (1_700_000, ("Eidar", "Skolan"), "2021-09")
    assert "Ändringen är sparad." in editor.read()
    assert editor.has(f"{SLOT}-open")
    assert register.changes(OPERATOR, "project", ID)[-1].role == "editor"


def test_what_is_refused_stays_as_it_was_typed_with_a_sentence_at_its_field(editor, register):
    before = project_in(register)
    editor.edit().write(name="", budget="en massa pengar").do("save")
    text = editor.read()
    assert "Det gick inte att spara, för något behöver rättas. Det du har skrivit finns kvar." in text
    assert "Budget i kronor : Skriv beloppet i hela kronor med siffror, till exempel 1 650 000." in text
    assert editor.field("name").label == "Namn (måste fyllas i). Rätta: Det här måste fyllas i."
    assert editor.field("budget").value == "en massa pengar"
    assert project_in(register) == before

    editor.write(name="Torget", budget="1 650 000").do("save")
    assert project_in(register).name == "Torget"


def test_a_preview_shows_the_entry_and_what_changes_and_leads_back(editor, register):
    editor.edit().write(name="Torget <b>nytt</b>", budget="1650000").do("preview")
    text = editor.read()
    assert "Granska innan du sparar" in text
    changes, page = text[text.index("Det här ändras") :].split("Så här blir det på sidan")
    assert "Torget <b>nytt</b>" in changes
    assert "1 650 000 kr" in changes
    # As the page says it, with what nobody has written.
    assert "Torget <b>nytt</b>" in page
    assert "Start: före 2021. Slut: uppgift saknas." in page
    assert "Du har ändrat på svenska men inte på engelska: Namn." in changes
    assert "Alla uppgifter" in [one.label for one in editor.at.expander]
    editor.do("back")
    assert editor.field("budget").value == "1650000"
    assert project_in(register).budget is None
    editor.do("preview").do("save")
    assert project_in(register).budget == 1_650_000


def test_a_preview_says_nothing_of_english_that_is_changed_too(editor):
    editor.edit().write(name="Torget", name_en="The square", partners="Ingen").do("preview")
    assert "Det här ändras" in editor.read()
    assert "Engelskan är inte ändrad." not in editor.read()


def test_the_language_can_be_changed_while_writing(editor, register):
    editor.edit().write(status="paused", status_why="Väntar på besked", budget="en massa")
    editor.choose("lang", "en")
    assert editor.field("status_why").value == "Väntar på besked"
    assert editor.field("budget").value == "en massa"
    assert editor.field("status").value == "paused"
    assert editor.field("name").label == "Name (required)"
    editor.write(budget="").do("save")
    assert "The change has been saved." in editor.read()
    assert project_in(register).status == "paused"


def test_text_survives_a_visit_to_another_page(editor):
    editor.edit().write(summary="Halvskrivet")
    editor.open("methods")
    editor.open_project()
    assert editor.field("summary").value == "Halvskrivet"


def test_leaving_asks_before_it_throws_anything_away(editor, register):
    editor.edit().write(name="Slängs").do("cancel")
    assert "Vill du kasta det du har skrivit?" in editor.read()
    editor.do("back")
    assert editor.field("name").value == "Slängs"
    editor.do("cancel").do("throw")
    assert editor.has(f"{SLOT}-open")
    assert project_in(register).name != "Slängs"
    editor.edit()
    assert editor.field("name").value == project_in(register).name
    # Nothing written, nothing asked.
    assert editor.do("cancel").has(f"{SLOT}-open")


def test_two_at_once_the_second_sees_and_chooses_and_both_changes_stay(editor, register):
    editor.edit().write(name="Mitt namn", budget="5")
    first = project_in(register)
    register.save(OPERATOR, "project", {"name": "Deras namn", "owner": "Kontoret"}, id=ID, version=first.version)
    editor.do("save")
    text = editor.read()
    assert "Någon annan ändrade samma uppgift medan du skrev. Inget är överskrivet." in text
    assert "Ändrat av en administratör" in text
    assert "operator" not in text
    for words in ("Nu står det", "Deras namn", "Du skrev", "Mitt namn", "Det stod när du började", first.name):
        assert words in text
    assert "Kontoret" in text
    assert project_in(register).name == "Deras namn"

    editor.do("settle")
    assert "Välj för varje uppgift vad som ska gälla." in editor.read()
    assert project_in(register).name == "Deras namn"
    editor.at.radio(key=f"{SLOT}-take-name").set_value("mine")
    editor.do("settle")
    saved = project_in(register)
    assert (saved.name, saved.owner, saved.budget) == ("Mitt namn", "Kontoret", 5)


def test_who_keeps_what_the_other_wrote_saves_only_the_rest(editor, register):
    editor.edit().write(name="Mitt namn", budget="5")
    first = project_in(register)
    register.save(OPERATOR, "project", {"name": "Deras namn"}, id=ID, version=first.version)
    editor.do("save")
    editor.at.radio(key=f"{SLOT}-take-name").set_value("theirs")
    editor.do("settle")
    saved = project_in(register)
    assert (saved.name, saved.budget) == ("Deras namn", 5)


def test_a_third_change_in_between_is_shown_too(editor, register):
    editor.edit().write(name="Mitt namn")
    register.save(OPERATOR, "project", {"name": "Andra"}, id=ID, version=project_in(register).version)
    editor.do("save")
    editor.at.radio(key=f"{SLOT}-take-name").set_value("mine")
    register.save(OPERATOR, "project", {"name": "Tredje"}, id=ID, version=project_in(register).version)
    editor.do("settle")
    assert "Tredje" in editor.read()
    assert editor.at.radio(key=f"{SLOT}-take-name").value is None
    assert project_in(register).name == "Tredje"


def test_what_was_archived_meanwhile_is_brought_back_before_it_is_saved(editor, register):
    editor.edit().write(name="Mitt namn")
    register.archive(OPERATOR, "project", ID, project_in(register).version)
    editor.do("save")
    assert "Uppgiften arkiverades medan du skrev." in editor.read()
    editor.do("restore")
    editor.open_project().do("settle")
    assert project_in(register).name == "Mitt namn"


def test_a_database_that_is_gone_is_a_sentence_and_the_text_stays(editor, register, monkeypatch):
    editor.edit().write(name="Kvar")

    def gone(*args: object, **kwargs: object) -> None:
        raise UnavailableError("full")

    with monkeypatch.context() as patch:
        patch.setattr(Register, "save", gone)
        editor.do("save")
        assert "Det gick inte att spara, för lagringsutrymmet är fullt." in editor.read()
        assert editor.field("name").value == "Kvar"
    editor.do("save")
    assert project_in(register).name == "Kvar"


def test_text_is_kept_over_a_run_in_which_the_form_cannot_stand(editor, monkeypatch):
    editor.edit().field("summary").set_value("Halvskrivet")

    def gone(*args: object, **kwargs: object) -> None:
        raise UnavailableError("unavailable")

    with monkeypatch.context() as patch:
        patch.setattr(Register, "contents", gone)
        editor.at.run()
        assert not editor.has(f"{SLOT}-do-save")
    editor.at.run()
    assert editor.field("summary").value == "Halvskrivet"


def test_who_lost_the_right_while_writing_is_told_and_can_copy_the_text(editor, register, monkeypatch):
    before = project_in(register)
    editor.edit().write(name="Mina ord")
    act_as(monkeypatch, PUBLIC)
    editor.do("save")
    text = editor.read()
    assert "Du har inte rätt att göra den här ändringen." in text
    assert "Mina ord" in text
    assert not editor.has(f"{SLOT}-do-save")
    assert project_in(register) == before


def test_an_archived_entry_can_be_had_back_at_once_and_later(editor, register):
    editor.edit().do("archive")
    assert "Vill du arkivera uppgiften?" in editor.read()
    editor.do("back").do("archive").do("archive-confirm")
    assert register.contents(OPERATOR, "1488").find(Project, ID) is None
    assert "Uppgiften är arkiverad." in editor.read()
    editor.press("new-project-undo")
    assert "Uppgiften är tillbaka." in editor.read()

    register.archive(OPERATOR, "project", ID, project_in(register).version)
    page = Editor().open("roadmap")
    assert not page.has(f"new-project-restore-{ID}")
    page.at.toggle(key="new-project-archived").set_value(True).run()
    page.press(f"new-project-restore-{ID}")
    assert project_in(register).id == ID


def test_a_new_milestone_belongs_to_its_project(editor, register):
    slot = f"new-milestone-{ID}"
    editor.edit(slot)
    assert editor.field("project", slot).value == ID
    editor.do("save", slot)
    assert editor.field("name", slot).label == "Vad som ska vara nått (måste fyllas i). Rätta: Det här måste fyllas i."
    editor.write(slot, name="Ny belysning", due="2027-3-1").do("save", slot)
    contents: Contents = register.contents(PUBLIC, "1488")
    assert [(one.name, str(one.due)) for one in contents.milestones_of(ID)] == [("Ny belysning", "2027-03-01")]


def test_earlier_changes_are_told_by_role_and_time_and_to_administrators_by_sign_in(editor, register, monkeypatch):
    register.save(actor_of("cilla", [Role.EDITOR]), "project", {"budget": 7}, id=ID, version=1)
    editor.open_project().edit().do("history")
    text = editor.read()
    assert "ändrad av en redaktör" in text
    assert "7 kr" in text
    assert "cilla" not in text
    act_as(monkeypatch, OPERATOR)
    assert "Av cilla" in Editor().open_project().edit().do("history").read()


@pytest.mark.parametrize(
    ("actor", "words"),
    [
        (LOCAL_EDITOR, "Av den som satt vid den här datorn, i lokalt redigeringsläge"),
        (OPERATOR, "Av den som sköter driften, från kommandoraden"),
    ],
    ids=["local", "operator"],
)
def test_who_has_no_sign_in_is_told_in_words(editor, register, monkeypatch, actor, words):
    register.save(actor, "project", {"budget": 7}, id=ID, version=1)
    act_as(monkeypatch, OPERATOR)
    assert words in editor.open_project().edit().do("history").read()


def test_who_may_see_but_not_change_an_entry_sees_its_changes(register, monkeypatch):
    act_as(monkeypatch, MODERATOR)
    page = Editor().open_project()
    assert not page.has(f"{SLOT}-open")
    page.at.toggle(key=f"{SLOT}-history").set_value(True).run()
    assert "fanns med från början" in page.read()
    assert "startuppgifterna" not in page.read()


@pytest.mark.parametrize("actor", [EDITOR, MODERATOR], ids=["editor", "moderator"])
def test_each_role_is_offered_what_it_may_change_and_no_more(register, monkeypatch, actor):
    act_as(monkeypatch, actor)
    pages = (("roadmap", {}), ("knowledge_circle", {"del": "circles"}))
    keys = {str(button.key) for page, address in pages for button in Editor().open(page, **address).at.button}
    offered = {kind for kind in ("project", "circle") if f"new-{kind}-open" in keys}
    assert offered == {kind for kind in ("project", "circle") if actor.may(Action.UPDATE, kind)}


def test_every_kind_opens_its_form(register, monkeypatch):
    act_as(monkeypatch, OPERATOR)

    def script(kind: str) -> None:
        from dashboard.views.context import current_view
        from dashboard.views.entry_editing import offer_new

        offer_new(current_view(), kind)

    for kind in KINDS:
        at = AppTest.from_function(script, args=(kind,), default_timeout=60).run()
        at.button(key=f"new-{kind}-open").click().run()
        assert not at.exception
        at.button(key=f"new-{kind}-do-save").click().run()
        assert not at.exception
        assert "hs-alert" in "".join(one.value for one in at.get("html"))
