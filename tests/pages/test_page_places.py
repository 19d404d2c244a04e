"""The page on places, for real: every part, links that restore it, own places, and changes to try."""

from __future__ import annotations

import re
from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest
from visitor import Visitor, plain

PARTS = ("place", "access", "barriers", "what_if", "use")
NOTICE = {"sv": "Schematiskt gångnät, uppskattade avstånd.", "en": "Schematic walk network, estimated distances."}
#: Names of places, as the city has chosen them and as they stand in the address.
NAMES = {
    "kronogards-torg": "Kronogårds Torg",
    "drottningtorget": "Drottningtorget",
    "sylte-center": "Sylte center",
    "innovatum": "Innovatum",
    "stadsbiblioteket": "Stadsbiblioteket",
}
LINK = "L~bridge~58.28310~12.28200~58.28550~12.28800"
CLOSED = "C~1"
TOO_FAR = "S~library~58.60000~12.60000"
#: In the middle of the city, and far out in the fields.
NEAR, FAR = "58.28370~12.28860~Min plats", "58.33500~12.42000~Ute"


def what_if(**address: object) -> dict[str, object]:
    return {"del": "what_if", **address}


def figures(page: Visitor) -> list[str]:
    return page.keys("more-")


def source_lines(page: Visitor) -> int:
    """Count the source lines of figures; the foot of the page has one of its own."""
    return page.markup.count('class="hs-source"') - 1


def read(page: Visitor) -> str:
    return plain(page.markup).replace("\u00a0", " ")


def columns(page: Visitor) -> list[str]:
    """Give the headings of the first table."""
    head = re.search(r"<thead>(.*?)</thead>", page.markup, re.DOTALL)
    assert head is not None
    return [plain(one).strip() for one in re.findall(r"<th.*?</th>", head[1], re.DOTALL)]


def compared(page: Visitor) -> list[str]:
    """Give the places that stand side by side, without the middle one of all."""
    return [head for head in columns(page)[1:] if not head.startswith(("Mittersta", "Middle"))]


def in_link(page: Visitor, key: str) -> list[str]:
    """Give what the address says of a choice."""
    found = page.at.query_params[key]
    return [found] if isinstance(found, str) else list(found)


def buttons(page: Visitor, start: str) -> list[str]:
    return [str(button.key) for button in page.at.button if str(button.key).startswith(start)]


# Every part


@pytest.mark.parametrize(("part", "language"), list(product(PARTS, NOTICE)))
def test_every_part_runs_in_both_languages(at_home, part, language):
    page = Visitor(language).open("places", **({} if part == "place" else {"del": part}))
    assert page.is_well()
    assert page.headline
    assert source_lines(page) == len(figures(page))
    assert (len(figures(page)) > 0) == (part not in {"what_if", "use"})
    # What was seen at a place rests on no network.
    assert (NOTICE[language] in page.markup) == (part != "use")


def test_a_scenario_has_figures_with_their_sources(visitor):
    page = visitor.open("places", **what_if(andring=CLOSED))
    assert page.is_well()
    assert figures(page) == ["more-what-if", "more-what-if-areas"]
    assert source_lines(page) == 2
    assert NOTICE["sv"] in page.markup


@pytest.mark.parametrize("part", PARTS[:4])
def test_every_account_and_every_file_of_a_part(visitor, part):
    page = visitor.open("places", **({"del": part} | ({"andring": [CLOSED, LINK]} if part == "what_if" else {})))
    for opened in ("how", "download"):
        for key in figures(page):
            page.widget(key).set_value(opened)
        page.at.run()
        assert page.is_well(), (part, opened)
        if opened == "how":
            assert read(page).count("Schematiskt gångnät, uppskattade avstånd: ") == len(figures(page))
    files = [one.proto.id for one in page.at.get("download_button")]
    assert sum("figure." in one for one in files) == 4 * len(figures(page))


def test_an_unknown_part_is_the_first_one(visitor):
    page = visitor.open("places", **{"del": "moon"})
    assert page.is_well()
    assert page.widget("del").value == "place"


def test_a_municipality_without_a_network_says_what_would_fill_the_page(peer_city):
    with peer_city.in_use():
        for language, words in (("sv", "Inget gångnät"), ("en", "No walk network")):
            page = Visitor(language).open("places", **{"del": "what_if", "plats": "drottningtorget", "andring": CLOSED})
            assert page.is_well()
            assert "Vänersborg" in page.headline
            assert words in page.markup
            assert 'class="hs-empty' in page.markup
            assert figures(page) == []


# Which places


def test_two_places_stand_side_by_side_by_default(visitor):
    page = visitor.open("places")
    assert page.widget("plats").value == ["kronogards-torg", "drottningtorget"]
    assert "Kronogårds Torg" in page.headline
    assert "Drottningtorget" in page.headline
    assert "plats" not in page.at.query_params
    assert compared(page) == ["Kronogårds Torg", "Drottningtorget"]
    assert "Mittersta av 10 platser" in columns(page)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_link_restores_one_to_four_places(at_home, language, count):
    wanted = list(NAMES)[1 : 1 + count]
    page = Visitor(language).open("places", plats=wanted)
    assert page.is_well()
    assert page.widget("plats").value == wanted
    assert in_link(page, "plats") == wanted
    assert compared(page) == [NAMES[one] for one in wanted]


def test_no_more_than_four_places(visitor):
    page = visitor.open("places", plats=list(NAMES))
    assert page.is_well()
    assert page.widget("plats").value == list(NAMES)[:4]


def test_what_a_link_names_and_nobody_knows_is_passed_over(visitor):
    page = visitor.open(
        "places",
        plats=["atlantis", "drottningtorget", "1~2", "~~~"],
        egen=["rubbish", "1~2~x", "12.3~58.2~Bytt"],
        slag="x",
    )
    assert page.is_well()
    assert page.widget("plats").value == ["drottningtorget"]
    assert len(page.widget("plats").options) == 10
    assert in_link(page, "plats") == ["drottningtorget"]
    assert "egen" not in page.at.query_params


def test_without_a_place_the_page_says_how_to_choose_one(visitor):
    page = visitor.open("places", plats="atlantis")
    assert page.is_well()
    assert page.headline == "Välj en plats och se vem som når den till fots"
    assert 'class="hs-empty' in page.markup
    page.choose("plats", ["innovatum"])
    assert page.is_well()
    assert "Innovatum" in page.headline


def test_which_place_the_map_is_coloured_for(visitor):
    page = visitor.open("places", karta="drottningtorget")
    assert page.is_well()
    assert page.titles[0] == "Så långt är det att gå från Drottningtorget"
    # A place that is not compared cannot be it.
    other = Visitor().open("places", karta="innovatum")
    assert other.titles[0] == "Så långt är det att gå från Kronogårds Torg"


# Own places


def test_an_own_place_by_its_address(visitor):
    page = visitor.open("places", egen=NEAR, plats=["kronogards-torg", NEAR])
    assert page.is_well()
    assert compared(page) == ["Kronogårds Torg", "Min plats"]
    assert in_link(page, "egen") == [NEAR]


def test_an_own_place_without_a_name_is_called_by_its_position(visitor):
    nameless = "58.28370~12.28860~"
    page = visitor.open("places", egen=nameless, plats=nameless)
    assert page.is_well()
    assert compared(page)[0] == "Egen plats 58.28370, 12.28860"


def test_an_own_place_too_far_away_is_refused_in_words_and_the_rest_stays(visitor):
    page = visitor.open("places", egen=FAR, plats=["drottningtorget", FAR])
    (said,) = page.warnings()
    assert said.startswith("Ute visas inte. ")
    assert re.search(r"latsen ligger [\d\u00a0]+ m från gångnätet.* gränsen är 250 m\.", said, re.IGNORECASE)
    assert compared(page) == ["Drottningtorget"]
    assert not page.at.exception


def test_a_name_that_is_code_is_shown_as_text(visitor):
    spot = "58.28370~12.28860~<script>alert(1)</script>"
    page = visitor.open("places", egen=spot, plats=spot)
    assert page.is_well()
    assert "<script>alert" not in page.markup
    assert "&lt;script&gt;alert(1)" in page.markup


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("torget", "Läget gick inte att läsa. Skriv två tal: latitud och longitud, till exempel 58.2707, 12.3080."),
        ("", "Läget gick inte att läsa. Skriv två tal: latitud och longitud, till exempel 58.2707, 12.3080."),
        (
            "12.2886, 58.2837",
            "Latitud och longitud verkar ha bytt plats. Skriv latituden först, till exempel 58.2707, 12.3080.",
        ),
        ("48.85, 2.35", "Läget ligger utanför Sverige. Kontrollera talen."),
        ("58.6, 12.6", "Platsen ligger utanför Trollhättan. Kontrollera talen."),
    ],
)
def test_a_position_that_cannot_be_used_is_told_in_words(visitor, text, said):
    page = visitor.open("places").type("places-own-name", "Bron").type("places-own-position", text)
    page.press(buttons(page, "FormSubmitter:places-own-form")[0])
    (found,) = page.warnings()
    assert found.startswith(said)
    assert page.widget("plats").value == ["kronogards-torg", "drottningtorget"]
    assert not page.at.exception


@pytest.mark.parametrize("text", ["58.2837, 12.2886", "58,2837 12,2886"])
def test_an_own_place_is_added_by_the_form(visitor, text):
    page = visitor.open("places").type("places-own-name", "Bron~vid ån").type("places-own-position", text)
    page.press(buttons(page, "FormSubmitter:places-own-form")[0])
    assert page.is_well()
    entry = "58.28370~12.28860~Bron vid ån"
    assert in_link(page, "egen") == [entry]
    assert in_link(page, "plats") == ["kronogards-torg", "drottningtorget", entry]
    assert compared(page)[2] == "Bron vid ån"


def test_a_fifth_place_is_refused_in_words(visitor):
    page = visitor.open("places", plats=list(NAMES)[:4])
    page.type("places-own-position", "58.2837, 12.2886")
    page.press(buttons(page, "FormSubmitter:places-own-form")[0])
    assert page.warnings() == ["Högst 4 platser kan jämföras. Ta bort en plats först."]
    assert page.widget("plats").value == list(NAMES)[:4]


def test_a_fifth_place_of_the_list_is_refused_in_words(visitor):
    page = visitor.open("places", plats=list(NAMES)[:4]).choose("plats", list(NAMES))
    assert page.warnings() == ["Högst 4 platser kan jämföras. Ta bort en plats först."]
    assert page.widget("plats").value == list(NAMES)[:4]
    assert in_link(page, "plats") == list(NAMES)[:4]


# Changes to try


def test_without_a_change_the_part_asks_for_one(visitor):
    page = visitor.open("places", **what_if())
    assert page.is_well()
    assert page.headline.startswith("Pröva en ändring")
    assert figures(page) == []
    assert "När du har lagt till en ändring kan du spara den" in page.markup


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize(
    "code",
    [CLOSED, "O~2", LINK, "W~58.27070~12.30800", "S~library~58.28370~12.28860", "M~kronogards-torg~58.28370~12.28860"],
)
def test_each_kind_of_change_by_its_address(at_home, language, code):
    page = Visitor(language).open("places", **what_if(andring=code))
    assert page.is_well()
    assert in_link(page, "andring") == [code]
    assert buttons(page, "what-if-remove-") == ["what-if-remove-0"]
    # Nothing is asked for any more: the headline says what would come of it.
    assert page.headline != Visitor(language).open("places", **what_if()).headline
    assert figures(page)[0] == "more-what-if"
    assert any("Kronogårds Torg" in title for title in page.titles)


def crossings(page: Visitor) -> dict[str, str]:
    (drawn,) = page.maps()
    points = [point for point in drawn["marks"]["points"] if point["id"].startswith("crossing-")]
    return {point["label"]: point["kind"] for point in points}


def test_the_map_shows_which_crossings_would_be_open(visitor):
    page = visitor.open("places", **what_if(andring=["O~2", CLOSED]))
    found = crossings(page)
    assert found["Järnvägsbron: öppen för gående"] == "crossing_open"
    assert found["Klaffbron: stängd för gående"] == "crossing_closed"
    assert page.maps()[0]["ground"]["closed"] == [366, 367, 368, 369]


def test_changes_far_away_are_on_the_map_and_named(visitor):
    """The railway bridge lies beyond the surroundings of the square that is looked from."""
    page = visitor.open("places", **what_if(andring=["O~2", CLOSED]))
    (drawn,) = page.maps()
    changed = {
        point["name"]: point for point in drawn["marks"]["points"] if point["id"] in {"crossing-1", "crossing-2"}
    }
    assert set(changed) == {"Klaffbron", "Järnvägsbron"}
    west, south, east, north = drawn["extent"]
    assert all(west < point["x"] < east and south < point["y"] < north for point in changed.values())


def test_a_change_that_is_there_is_not_offered_again(visitor):
    page = visitor.open("places", **what_if(andring=CLOSED, prova="crossing"))
    assert buttons(page, "what-if-add-crossing") == ["what-if-add-crossing"]
    page.choose("what-if-crossing", "1")
    assert buttons(page, "what-if-add-crossing") == []
    assert "Klaffbron stängs för gående: ligger redan bland ändringarna." in read(page)


def test_a_service_is_offered_to_be_moved_rather_than_the_square(visitor):
    page = visitor.open("places", **what_if(prova="move"))
    assert page.widget("what-if-place").value not in {"kronogards-torg", "drottningtorget", "innovatum"}


def test_closing_bridges_tells_first_who_loses_every_way(visitor):
    page = visitor.open("places", **what_if(andring=["C~0", CLOSED, "C~3"]))
    assert page.is_well()
    assert "av invånarna mister varje gångväg till " in page.headline


def test_a_new_link_is_drawn_with_its_words(visitor):
    page = visitor.open("places", **what_if(andring=LINK))
    (drawn,) = page.maps()
    (link,) = [line for line in drawn["marks"]["lines"] if line["style"] == "new_link"]
    assert link["label"].startswith("Bro, 450")
    assert link["label"].replace("\u00a0", " ") in read(page)


def test_seen_from_another_place(visitor):
    page = visitor.open("places", **what_if(andring=CLOSED, fran="drottningtorget"))
    assert page.is_well()
    assert "Före och efter, sett från Drottningtorget" in page.titles


def test_a_scenario_that_cannot_be_made_is_told_and_the_rest_stays(visitor):
    page = visitor.open("places", **what_if(andring=[CLOSED, TOO_FAR]))
    (said,) = page.warnings()
    assert said.startswith("Ändringen går inte att göra: Ett bibliotek tillkommer: ")
    assert "33\u00a0324 m från gångnätet; gränsen är 250 m" in said
    assert not page.at.exception
    assert page.headline
    assert NOTICE["sv"] in page.markup
    # It can be taken away again, and then the rest is worked out.
    assert buttons(page, "what-if-remove-") == ["what-if-remove-0", "what-if-remove-1"]
    page.press("what-if-remove-1")
    assert page.is_well()
    assert in_link(page, "andring") == [CLOSED]
    assert len(figures(page)) == 2


@pytest.mark.parametrize(
    ("code", "why"), [("O~1", "Den är redan öppen."), ("C~2", "Den är redan stängd."), ("O~0", "Den är redan öppen.")]
)
def test_opening_what_is_open_and_closing_what_is_closed(visitor, code, why):
    page = visitor.open("places", **what_if(andring=code))
    (said,) = page.warnings()
    assert said.endswith(why)


def test_changes_that_stand_for_nothing_and_more_than_eight_are_passed_over(visitor):
    rubbish = ["X~1", "C~99", "M~atlantis~58.28~12.28", "L~ladder~1~2~3~4", "S~library~nan~nan"]
    real = [f"S~library~58.28{number:03d}~12.28860" for number in range(300, 310)]
    page = visitor.open("places", **what_if(andring=[*rubbish, *real]))
    assert page.is_well()
    assert in_link(page, "andring") == real[:8]
    assert len(buttons(page, "what-if-remove-")) == 8


def test_a_ninth_change_is_refused_in_words(visitor):
    real = [f"S~library~58.28{number:03d}~12.28860" for number in range(300, 308)]
    page = visitor.open("places", **what_if(andring=real, prova="crossing"))
    page.press("what-if-add-crossing")
    assert page.warnings() == ["Högst 8 ändringar kan läggas ihop. Ta bort en först."]
    assert in_link(page, "andring") == real


def test_a_link_is_added_by_typing(visitor):
    page = visitor.open("places", **what_if())
    page.type("what-if-start", "58.28310, 12.28200").type("what-if-end", "58.28550, 12.28800")
    page.press("what-if-add-link")
    assert page.is_well()
    assert in_link(page, "andring") == [LINK]
    assert (page.widget("what-if-start").value, page.widget("what-if-end").value) == ("", "")
    assert buttons(page, "what-if-remove-") == ["what-if-remove-0"]


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("", "", "Läget gick inte att läsa."),
        ("58.2831, 12.2820", "", "Läget gick inte att läsa."),
        ("12.2820, 58.2831", "58.2855, 12.2880", "Latitud och longitud verkar ha bytt plats."),
        ("58.2831, 12.2820", "58.6, 12.6", "Ändringen går inte att göra: "),
        ("58.2831, 12.2820", "58.2831, 12.2820", "Ändringen går inte att göra: "),
    ],
)
def test_a_link_that_cannot_be_added_is_told_and_what_was_typed_stays(visitor, start, end, said):
    page = visitor.open("places", **what_if()).type("what-if-start", start).type("what-if-end", end)
    page.press("what-if-add-link")
    (found,) = page.warnings()
    assert found.startswith(said)
    assert (page.widget("what-if-start").value, page.widget("what-if-end").value) == (start, end)
    assert "andring" not in page.at.query_params


def test_a_crossing_is_closed_a_service_added_and_a_place_moved_by_hand(visitor):
    page = visitor.open("places", **what_if(prova="crossing"))
    page.choose("what-if-crossing", "1").press("what-if-add-crossing")
    page.choose("prova", "service").choose("what-if-service", "library")
    page.type("what-if-start", "58.2837, 12.2886").press("what-if-add-service")
    page.choose("prova", "move").choose("what-if-place", "drottningtorget")
    page.type("what-if-start", "58.2831, 12.2900").press("what-if-add-move")
    page.choose("prova", "way").type("what-if-start", "58.2707, 12.3080").press("what-if-add-way")
    assert page.is_well()
    assert in_link(page, "andring") == [
        CLOSED,
        "S~library~58.28370~12.28860",
        "M~drottningtorget~58.28310~12.29000",
        "W~58.27070~12.30800",
    ]


def test_stops_cannot_be_added_to_a_network_that_is_made_of_stops(visitor):
    page = visitor.open("places", **what_if(prova="service"))
    assert "hållplats" not in " ".join(page.widget("what-if-service").options).lower()
    assert len(page.widget("what-if-service").options) > 5


# Saving


def test_saving_reopening_and_taking_away(visitor):
    before = f"Ny bro!{LINK}"
    page = visitor.open("places", **what_if(andring=CLOSED, scenario=before))
    # One alone is not compared with anything.
    assert "more-what-if-saved" not in figures(page)
    page.type("what-if-name", "Utan bro!~").press("what-if-save")
    assert page.is_well()
    assert in_link(page, "scenario") == [before, f"Utan bro!{CLOSED}"]
    assert "more-what-if-saved" in figures(page)
    page.press("what-if-remove-0")
    assert "andring" not in page.at.query_params
    page.press("what-if-open-1")
    assert page.is_well()
    assert in_link(page, "andring") == [CLOSED]
    page.press("what-if-forget-1")
    assert in_link(page, "scenario") == [before]
    page.press("what-if-forget-0")
    assert "scenario" not in page.at.query_params


def test_saved_scenarios_by_their_address_stand_side_by_side(visitor):
    page = visitor.open("places", **what_if(scenario=[f"Utan bro!{CLOSED}", f"Ny bro!{LINK}", "Trasig!X~1", "!!"]))
    assert page.is_well()
    assert figures(page) == ["more-what-if-saved"]
    assert columns(page) == ["Mått", "I dag", "Utan bro", "Ny bro"]
    assert in_link(page, "scenario") == [f"Utan bro!{CLOSED}", f"Ny bro!{LINK}"]


def test_a_saved_scenario_that_cannot_be_made_is_told_and_the_others_stay(visitor):
    page = visitor.open("places", **what_if(scenario=[f"För långt!{TOO_FAR}", f"Utan bro!{CLOSED}"]))
    assert page.warnings() == ["”För långt” går inte att räkna på de data som är inlästa nu."]
    assert columns(page) == ["Mått", "I dag", "Utan bro"]


@pytest.mark.parametrize("name", ["", "   ", "!~!"])
def test_a_name_is_needed(visitor, name):
    page = visitor.open("places", **what_if(andring=CLOSED)).type("what-if-name", name).press("what-if-save")
    assert [one.value for one in page.at.info] == ["Skriv ett namn först."]
    assert "scenario" not in page.at.query_params


def test_saving_under_a_name_again_replaces_it_and_a_seventh_is_refused(visitor):
    six = [f"Nr {number}!{CLOSED}" for number in range(6)]
    page = visitor.open("places", **what_if(andring=LINK, scenario=[*six, f"Nr 7!{CLOSED}"]))
    assert in_link(page, "scenario") == six
    page.type("what-if-name", "Nr 9").press("what-if-save")
    assert [one.value for one in page.at.info] == ["Högst 6 kan sparas. Ta bort en först."]
    assert in_link(page, "scenario") == six
    page.type("what-if-name", "Nr 3").press("what-if-save")
    assert set(in_link(page, "scenario")) == {*(one for one in six if "Nr 3" not in one), f"Nr 3!{LINK}"}


def test_the_link_under_a_figure_restores_the_view(visitor):
    page = visitor.open("places", **what_if(andring=[CLOSED, LINK], scenario=f"Utan bro!{CLOSED}", fran="innovatum"))
    page.choose("more-what-if", "how")
    link = next(one.value for one in page.at.code if "andring" in one.value)
    again = Visitor().open("places", **parse_qs(urlsplit(link).query))
    assert again.is_well()
    assert again.headline == page.headline
    assert again.titles == page.titles
