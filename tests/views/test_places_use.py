"""Use and experience on the screen, with made-up people: small numbers are hidden everywhere, and notes stay."""

import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup
from made_up import CODE
from made_up_use import nobody, row, write
from streamlit.testing.v1 import AppTest

from dashboard.i18n import get_translator
from dashboard.sources.use_fields import ALL_CRITERIA, KINDS
from dashboard.sources.use_files import file_of, read_use, study_places
from dashboard.views import figure, observer_code, use_saving
from dashboard.views.batch_view import view_for_files
from dashboard.views.place_sheet_lists import use_section
from dashboard.views.use_offers import code_rows

LOCALES = Path(__file__).parents[2] / "locales"

PLACES = """municipality: "1487"
places:
  - {id: torg-1, name: Torget, lat: 58.38, lon: 12.32, kind: square, on_maps: true, side: left}
  - {id: torg-2, name: Tomma torget, lat: 58.39, lon: 12.33, kind: square, on_maps: true, side: left}
  - {id: torg-3, name: Lilla torget, lat: 58.40, lon: 12.34, kind: square, on_maps: true, side: left}
"""
OBSERVERS = "torg-2026-maj"


def people(session, start, count, **cells):
    return row("observations", session=session, start=start, end=f"{start[:3]}20", count=str(count), **cells)


def answers(place, question, counts):
    """Give responses to one question: as many of each answer as wanted."""
    nothing = dict.fromkeys(("safety", "belonging", "visits"), "")
    return [
        row("surveys", response=f"{place}-{question}-{answer}-{n}", place=place, **nothing | {question: answer})
        for answer, count in counts.items()
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def observed_city(made_up_city, tmp_path_factory):
    """Give a made-up city with three squares: one well observed, one not at all, one with hardly anybody."""
    data = tmp_path_factory.mktemp("observed") / "data"
    shutil.copytree(made_up_city.data, data)
    (data / "register").mkdir(exist_ok=True)
    (data / "register" / "places.yaml").write_text(PLACES, "utf-8")
    folder = data / "use" / CODE
    folder.mkdir(parents=True)
    here = {"place": "torg-1"}
    write(
        folder / "observations.csv",
        "observations",
        people("a-1", "08:00", 31, **here, gender="woman"),
        people("a-1", "08:00", 3, **here, gender="man", age="0_14"),
        people("a-1", "08:00", 17, **here, gender="unknown", age="65_plus"),
        people("a-2", "16:00", 29, **here, activity=""),
        nobody(session="a-3", start="22:00", end="22:20", **here),
        people("c-1", "08:00", 2, place="torg-3"),
    )
    write(
        folder / "surveys.csv",
        "surveys",
        *answers("torg-1", "safety", {"2": 6, "4": 5, "5": 9}),
        *answers("torg-1", "belonging", {"1": 2, "2": 4, "3": 7, "4": 8}),
        *answers("torg-1", "visits", {"daily": 3, "weekly": 12, "seldom": 21}),
        *answers("torg-3", "safety", {"2": 4}),
    )
    write(
        folder / "criteria.csv",
        "criteria",
        row("criteria", place="torg-1", **{ALL_CRITERIA[0]: "-1", ALL_CRITERIA[1]: ""}),
    )
    return made_up_city.beside(data).build()


@pytest.fixture
def in_use(observed_city):
    with observed_city.in_use():
        yield observed_city


def script(place):
    from dashboard.views.context import current_view
    from dashboard.views.places_use import show_use

    show_use(current_view(), place, "Torget")


def opened(place, language="sv"):
    at = AppTest.from_function(script, args=(place,), default_timeout=60)
    at.session_state["lang"] = language
    return at.run()


def markup(at):
    return BeautifulSoup("\n".join(one.value for one in at.get("html")), "html.parser")


def bars(at, caption):
    """Give the bars of a figure: name → text of the value, and whether there is a bar."""
    table = next(one for one in markup(at).select("table.hs-bars") if caption in one.caption.get_text())
    return {
        line.th.get_text(): (line.select_one(".hs-bar-value").get_text(), bool(line.select(".hs-bar-fill")))
        for line in table.tbody.find_all("tr")
    }


def table(at, key):
    """Open the table of a figure and give its cells: name of the row → texts."""
    pills = next(one for one in at.button_group if one.key == f"more-{key}")
    pills.set_value("table").run()
    found = markup(at).select("table.hs-table")[0]
    cells = {}
    for line in found.tbody.find_all("tr"):
        for mark in line.find_all("sup"):
            mark.decompose()
        cells[line.th.get_text()] = [cell.get_text().replace("\xa0", " ") for cell in line.find_all("td")]
    pills.set_value(None).run()
    return cells


def downloaded(at, monkeypatch, key):
    """Open the files of a figure and give the rows that go into them."""
    rows = []
    monkeypatch.setattr(figure, "offer_downloads", lambda view, found, name, file="", **_: rows.extend(found))
    pills = next(one for one in at.button_group if one.key == f"more-{key}")
    pills.set_value("download").run()
    return rows


def test_small_numbers_are_hidden_in_picture_table_and_files_alike(in_use, monkeypatch):
    at = opened("torg-1")
    assert not at.exception
    # 60 women, 3 men, 17 unknown of 80: the men are few, and the unknown would give them away.
    drawn = bars(at, "Kön")
    assert drawn == {"Kvinna": ("75\xa0%", True), "Man": ("..", False), "Osäkert": ("..", False)}
    assert table(at, "use-gender-torg-1") == {
        "Kvinna": ["75 %", "60"],
        "Man": ["..", ".."],
        "Osäkert": ["..", ".."],
    }
    rows = downloaded(at, monkeypatch, "use-gender-torg-1")
    assert [(one["code"], one["people"], one["share_percent"], one["status"]) for one in rows] == [
        ("woman", 60, 75.0, "shown"),
        ("man", None, None, "hidden"),
        ("unknown", None, None, "hidden"),
    ]
    hours = bars(at, "Timme")
    assert hours["kl. 08–09"] == ("153,0", True)
    assert hours["kl. 22–23"][0] == "0,0"


def test_no_hidden_number_is_read_anywhere_on_the_page(in_use):
    text = markup(opened("torg-1")).get_text(" ")
    assert "Kön: vanligast är kvinna (75\xa0%)" in text
    assert "Små tal är dolda." in text
    for hidden in ("3,8\xa0%", "4\xa0%", "21\xa0%"):
        assert hidden not in text.split("Kön: vanligast")[1].split("Ålder")[0]


def test_the_survey_shows_what_nothing_small_can_be_worked_out_from(in_use, monkeypatch):
    at = opened("torg-1")
    text = markup(at).get_text(" ")
    # (6·2 + 5·4 + 9·5) / 20 = 3.85, halves away from zero.
    assert "Trygghet: 3,9 av 5 i medeltal av 20 svar" in text
    # Of belonging, five steps would show small numbers: three steps, and no mean.
    assert "Tillhörighet: 21 svar" in text
    assert set(bars(at, "Tillhörighet")) == {"1–2, inte alls hemma", "3", "4–5, helt hemma"}
    assert table(at, "use-belonging-torg-1")["1–2, inte alls hemma"] == ["29 %", "6"]
    rows = downloaded(at, monkeypatch, "use-belonging-torg-1")
    assert [(one["answer"], one["people"], one["mean"]) for one in rows] == [
        ("1-2", 6, None),
        ("3", 7, None),
        ("4-5", 8, None),
    ]
    assert table(at, "use-visits-torg-1")["Varje dag"] == ["..", ".."]
    assert table(at, "use-visits-torg-1")["Varje vecka"] == ["..", ".."]


def test_the_criteria_are_told_with_a_warning_against_ranking(in_use):
    page = markup(opened("torg-1"))
    assert "används inte för att rangordna olika platser" in page.get_text(" ")
    lines = next(one for one in page.select("table.hs-table") if "kvalitetskriterierna" in one.caption.get_text())
    assert len(lines.tbody.find_all("tr")) == 12
    assert "Ingen har bedömt kriteriet." in page.get_text(" ")


def test_of_hardly_anybody_nothing_is_told(in_use):
    at = opened("torg-3")
    assert not at.exception
    text = markup(at).get_text(" ")
    assert "Så få personer sågs att antalet inte visas." in text
    assert "Färre än fem enkätsvar" in text
    assert "Färre än fem svar: ingenting visas." in text
    for name in ("Kön", "Ålder", "Timme", "Veckodag"):
        assert {value for value, drawn in bars(at, name).values()} == {".."}


@pytest.mark.parametrize(
    ("language", "title"),
    [("sv", "Ingen har observerat Torget ännu"), ("en", "Nobody has observed Torget yet")],
)
def test_where_nothing_was_observed_the_page_says_so_and_offers_the_forms(in_use, language, title):
    at = opened("torg-2", language)
    assert not at.exception
    empty = markup(at).select_one(".hs-empty").get_text(" ")
    assert title in empty
    assert not markup(at).select("table")
    labels = [one.proto.label for one in at.get("download_button")]
    assert len(labels) == 2 + len(KINDS)
    assert len(at.button) == 1


def press(at, key):
    next(one for one in at.button if one.key == key).click().run()
    assert not at.exception
    return at


@pytest.fixture
def gate(monkeypatch):
    """Give a new gate that never makes anybody wait."""
    observer_code.code_gate.cache_clear()
    monkeypatch.setattr(observer_code, "FIRST_WAIT", 0.0)
    yield
    observer_code.code_gate.cache_clear()


@pytest.fixture
def saving_city(observed_city, tmp_path, monkeypatch, gate):
    """Give a city of its own, in which observers can save."""
    shutil.copytree(observed_city.data, tmp_path / "data")
    city = replace(observed_city, data=tmp_path / "data")
    monkeypatch.setenv("DASHBOARD_OBSERVER_CODE", OBSERVERS)
    with city.in_use():
        yield city


def noted(at):
    """Begin a session and note three people, of whom the last one is taken back."""
    press(press(at, "use-open"), "use-begin")
    for who in ("use-tap-25_64-woman", "use-tap-25_64-woman", "use-tap-0_14-man"):
        press(at, who)
    return press(at, "use-undo")


def kept(city, kind):
    path = file_of(city.data, CODE, KINDS[kind])
    return read_use(path, KINDS[kind], study_places(city.data, CODE))


def test_one_tap_notes_one_person_and_closing_the_form_loses_nothing(in_use):
    at = noted(opened("torg-2"))
    assert "2 personer sedan" in markup(at).get_text()
    labels = {one.key: one.label for one in at.button}
    assert labels["use-tap-25_64-woman"] == "Kvinna, 25–64 år: **2**"
    assert labels["use-tap-0_14-man"].endswith("**0**")
    press(press(at, "use-close"), "use-open")
    assert "2 personer sedan" in markup(at).get_text()
    press(press(at, "use-finish"), "use-resume")
    assert "2 personer sedan" in markup(at).get_text()


def test_without_a_code_of_the_operator_nothing_is_written(in_use):
    before = kept(in_use, "observations")
    at = press(noted(opened("torg-2")), "use-finish")
    assert "Ladda ner filen" in [one.proto.label for one in at.get("download_button")]
    assert "use-save-observations" not in {one.key for one in at.button}
    assert not at.text_input
    assert kept(in_use, "observations") == before


def test_the_right_code_saves_once_and_for_all_further_sessions(saving_city):
    at = press(noted(opened("torg-2")), "use-finish")
    at.text_input(key="use-code-observations").set_value(OBSERVERS)
    press(at, "use-save-observations")
    assert [one.value for one in at.success] == ["Sparat. Det visas på sidan inom några minuter."]
    saved = [row for row in kept(saving_city, "observations") if row["place"] == "torg-2"]
    assert [(row["count"], row["gender"], row["posture"]) for row in saved] == [("2", "woman", "standing")]
    press(at, "use-begin")
    press(press(at, "use-finish"), "use-save-observations")
    assert [row["count"] for row in kept(saving_city, "observations") if row["place"] == "torg-2"] == ["2", "0"]


def test_a_wrong_code_is_told_five_times_and_nothing_is_lost(saving_city):
    before = kept(saving_city, "observations")
    at = press(noted(opened("torg-2")), "use-finish")
    said = []
    for _ in range(6):
        at.text_input(key="use-code-observations").set_value("gissning")
        press(at, "use-save-observations")
        said += [one.value for one in at.error]
    assert [one.split(".")[0] for one in said] == ["Koden stämmer inte"] * 5 + ["För många fel koder"]
    at.text_input(key="use-code-observations").set_value(OBSERVERS)
    press(at, "use-save-observations")
    assert at.error[0].value.startswith("För många fel koder")
    assert kept(saving_city, "observations") == before
    assert "2 personer mellan" in markup(at).get_text()


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), use_saving.InputError("the file is spoilt")])
def test_a_failure_to_save_is_told_and_the_notes_stay(saving_city, monkeypatch, fault):
    def fail(*arguments):
        raise fault

    at = press(noted(opened("torg-2")), "use-finish")
    with monkeypatch.context() as patch:
        patch.setattr(use_saving, "add_rows", fail)
        at.text_input(key="use-code-observations").set_value(OBSERVERS)
        press(at, "use-save-observations")
    assert at.error[0].value.startswith("Det gick inte att spara. Ladda ner filen")
    assert "2 personer mellan" in markup(at).get_text()
    press(at, "use-save-observations")
    assert [row["count"] for row in kept(saving_city, "observations") if row["place"] == "torg-2"] == ["2"]


def test_responses_are_added_one_by_one_and_not_shown_to_the_next(saving_city):
    at = press(opened("torg-2"), "use-open")
    at.button_group(key="use-form-part").set_value("survey").run()
    press(at, "use-add-response")
    assert at.warning[0].value.startswith("Svara på minst en av frågorna om trygghet, tillhörighet, besök")
    at.button_group(key="use-q-safety").set_value("2")
    at.button_group(key="use-q-visits").set_value("daily")
    press(at, "use-add-response")
    assert {one.key: one.value for one in at.button_group if one.key.startswith("use-q-")}["use-q-safety"] is None
    assert "1 svar hittills." in markup(at).get_text()
    at.text_input(key="use-code-surveys").set_value(OBSERVERS)
    press(at, "use-save-surveys")
    saved = [row for row in kept(saving_city, "surveys") if row["place"] == "torg-2"]
    assert [(row["safety"], row["belonging"], row["visits"]) for row in saved] == [("2", "", "daily")]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_list_of_codes_explains_every_code_of_every_table(language):
    """Whoever fills in an empty table finds every code there, in words; a text that is missing would warn."""
    view = SimpleNamespace(t=get_translator(language, LOCALES))
    rows = code_rows(view)
    wanted = {(kind.name, field.name, code) for kind in KINDS.values() for field in kind.fields for code in field.codes}
    assert {(row["table"], row["field"], row["code"]) for row in rows if row["code"]} == wanted
    assert all(row["meaning"] and (row["code_meaning"] or not row["code"]) for row in rows)


def test_pages_on_paper_hide_the_same_small_numbers(observed_city):
    view = view_for_files(observed_city.settings(), "sv")
    used = use_section(view, "torg-1")
    told = " ".join([*used.texts, *(f"{item.strong} {item.text}" for item in used.items)])
    assert "80 personer sågs." in told
    assert "Små tal är dolda." in told
    assert "bedömda kriterier" in told
    assert view.t("use.note_hidden") in told
    assert "Så få personer sågs att antalet inte visas." in use_section(view, "torg-3").texts[0]
    assert use_section(view, "torg-2").texts[0].startswith("Uppgift saknas.")
    assert use_section(view, "").texts == use_section(view, "torg-2").texts
