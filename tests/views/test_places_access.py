"""Everyone's access: values of a city worked out by hand, the words for them, and the part of the page as it runs."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from tiny_city import CODES, NEIGHBOURHOODS, PLACES, tiny_city, without_population
from vega_schema import assert_valid

from dashboard.catalogue import load_catalogue
from dashboard.i18n import LANGUAGES, get_translator
from dashboard.reach.access import AccessGap, service_distances
from dashboard.reach.city import Place
from dashboard.sources.place_kinds import PLACE_KINDS, SERVICES
from dashboard.views import places_access, places_access_groups, places_access_map, places_access_services
from dashboard.views import places_access_words as words
from dashboard.views.charts.pairs import Pair, paired_dots
from dashboard.views.context import Municipality, View
from dashboard.views.numbers import NumberFormat
from dashboard.views.places_access_measures import (
    GroupWay,
    area_ways,
    city_way,
    group_ways,
    services,
    small_area_access,
)
from dashboard.views.places_city import city_of
from dashboard.views.theme import DARK, LIGHT
from dashboard.warehouse.connection import Warehouse

LOCALES = Path(__file__).parents[2] / "locales"


@pytest.fixture(scope="module")
def warehouse(home_city):
    found = Warehouse(home_city.warehouse)
    yield found
    found.close()


def view_of(home_city, warehouse: Warehouse, language: str) -> View:
    return View(
        settings=home_city.settings(),
        catalogue=load_catalogue(home_city.data / "catalogue", validate=False),
        warehouse=warehouse,
        t=get_translator(language, LOCALES),
        fmt=NumberFormat(language),
        theme=LIGHT,
        language=language,
        municipalities=(Municipality("1488", "Trollhättan", home=True),),
    )


@pytest.fixture
def view(home_city, warehouse) -> View:
    return view_of(home_city, warehouse, "sv")


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def areas_shown(city, service: str = "pharmacy", level: str = "deso") -> places_access_map.Shown:
    return places_access_map.Shown(service, level, area_ways(city, service, level))


# Values


def test_ways_from_areas_by_hand():
    near, middle, far, island = area_ways(tiny_city(), "pharmacy", "deso")
    assert [way.area_code for way in (near, middle, far, island)] == list(CODES)
    assert (near.mean, near.within) == (400, (0.5, 1, 1))
    assert (middle.mean, middle.within) == (1000, (0, 0, 1))
    assert (far.mean, far.within) == (2000, (0, 0, 0))
    assert (island.mean, island.reached, island.within) == (None, 0, (0, 0, 0))


def test_neighbourhoods_are_weighted_by_their_people():
    together, far, island = area_ways(tiny_city(population=(100, 300, 100, 8)), "pharmacy", "regso")
    assert [way.area_code for way in (together, far, island)] == list(NEIGHBOURHOODS[1:])
    assert (together.people, together.mean) == (400, 850)
    assert together.within == (0.125, 0.25, 1)
    assert (island.mean, island.reached) == (None, 0)


def test_a_part_whose_people_are_not_known_makes_the_neighbourhood_unknown():
    ways = area_ways(tiny_city(population=(100, np.nan, 100, 0)), "pharmacy", "regso")
    found = next(way for way in ways if way.area_code == NEIGHBOURHOODS[0])
    assert (found.known, found.mean, found.people) == (False, None, None)


def test_the_whole_city_by_hand():
    found = city_way(tiny_city(population=(100, 300, 100, 100)), "pharmacy")
    assert found.mean == 1080
    assert found.within == pytest.approx((50 / 600, 100 / 600, 400 / 600))
    assert found.reached == pytest.approx(5 / 6)


def test_a_group_and_the_rest_by_hand():
    found = group_ways(tiny_city(), "foreign_background")[-1]
    assert (found.kind, found.verdict) == ("pharmacy", "shorter")
    assert found.gap is not None
    assert found.gap.group == 875
    assert found.gap.rest == pytest.approx(400_000 / 340)
    assert found.gap.random_floor == pytest.approx(np.sqrt(2 / np.pi * 265_600 * (1 / 160 + 1 / 340)))
    assert found.within == pytest.approx((50 / 160, 50 / 340))


def test_a_group_within_some_areas_alone():
    found = group_ways(tiny_city(), "foreign_background", frozenset(CODES[:2]))[-1]
    assert found.gap is not None
    assert (found.gap.group, found.gap.rest) == (800, 880)


@pytest.mark.parametrize(("member", "known"), [(49, False), (50, True)])
def test_a_group_that_is_too_small_is_not_compared(member, known):
    found = group_ways(tiny_city(group=(member, 0, 0, 0)), "foreign_background")[0]
    assert (found.gap is not None) == known
    assert (found.verdict == "missing", None in found.within) == (not known, not known)


def test_people_who_can_reach_none_leave_the_groups_uncompared():
    found = group_ways(tiny_city(population=(100, 300, 100, 100)), "foreign_background")
    assert {way.verdict for way in found} == {"missing"}


def test_a_grouping_that_the_city_lacks():
    assert group_ways(tiny_city(), "rented_tenure") == ()


@pytest.mark.parametrize(
    ("difference", "floor", "step", "verdict"),
    [
        (-15.0, 10.0, 10, "shorter"),
        (15.0, 10.0, 10, "longer"),
        (14.9, 10.0, 10, "chance"),
        (-14.9, 10.0, 10, "chance"),
        (49.9, 1.0, 50, "coarse"),
        (-49.9, 1.0, 50, "coarse"),
        (50.0, 1.0, 50, "longer"),
    ],
)
def test_what_a_difference_says_is_the_same_in_both_directions(difference, floor, step, verdict):
    gap = AccessGap("pharmacy", "age", 100 + difference, 100, difference, floor)
    assert GroupWay("pharmacy", gap, step, (0.5, 0.5)).verdict == verdict


def test_ways_to_what_a_schematic_network_is_made_of_are_not_measured(view):
    assert services(tiny_city()) == ["stop", "health_centre", "pharmacy"]
    schematic = tiny_city(kind="schematic")
    assert services(schematic) == ["health_centre", "pharmacy"]
    said = " ".join(places_access_map.area_figure(view, schematic, areas_shown(schematic)).evidence.notes)
    assert "Vägar till hållplatser visas inte" in said
    assert "Nära hållplatser är vägarna ofta för korta, där nätet är glest kan de vara för långa" in said
    real = tiny_city()
    said = " ".join(places_access_map.area_figure(view, real, areas_shown(real)).evidence.notes)
    assert "visas inte" not in said
    assert "för korta" not in said


def test_what_is_worked_out_is_kept_for_the_same_city():
    city = tiny_city()
    assert small_area_access(city) is small_area_access(city)
    assert small_area_access(city) is not small_area_access(tiny_city())


# Words


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "ingen"),
        (0.049, "nästan ingen"),
        (0.05, "knappt 1 av 10"),
        (0.38, "4 av 10"),
        (0.42, "4 av 10"),
        (0.449, "drygt 4 av 10"),
        (0.45, "knappt hälften"),
        (0.47, "knappt hälften"),
        (0.48, "ungefär hälften"),
        (0.52, "ungefär hälften"),
        (0.521, "drygt hälften"),
        (0.57, "knappt 6 av 10"),
        (0.949, "drygt 9 av 10"),
        (0.95, "nästan alla"),
        (1.0, "alla"),
    ],
)
def test_shares_in_words(view, share, said):
    assert words.share_of_people(view, share) == said


@pytest.mark.parametrize(
    ("kind", "metres", "said"),
    [
        ("openstreetmap", 1234.0, "ungefär 1,2 km (15 min)"),
        ("openstreetmap", 994.9, "ungefär 990 m (12 min)"),
        ("schematic", 974.0, "ungefär 950 m (12 min)"),
        ("schematic", 975.0, "ungefär 1,0 km (12 min)"),
        ("openstreetmap", 4.9, "under 10 m (under 1 min)"),
        ("openstreetmap", 5.0, "ungefär 10 m (1 min)"),
        ("schematic", 1234.0, "ungefär 1,2 km (15 min)"),
        ("schematic", 24.9, "under 50 m (under 1 min)"),
        ("schematic", 25.0, "ungefär 50 m (1 min)"),
        ("schematic", None, "inte nåbar"),
    ],
)
def test_metres_are_told_no_finer_than_they_are_known(view, kind, metres, said):
    assert plain(words.about_with_minutes(view, tiny_city(kind=kind), metres)) == said


def test_the_headline_is_worked_out(view):
    assert plain(places_access.headline(view, tiny_city())) == (
        "8 av 10 har en hållplats inom 10 minuters gång, 2 av 10 en vårdcentral"
    )
    assert plain(places_access.headline(view, tiny_city(kind="schematic"))) == (
        "2 av 10 har en vårdcentral inom 10 minuters gång"
    )
    assert places_access.headline(view, without_population(tiny_city())) == "Gångavstånd till service i Trollhättan"
    assert places_access.lead(view, without_population(tiny_city())) == ""
    near = (replace(PLACES[1], x=1000), Place("g", "Butik", "grocery", 300, 0))
    assert plain(places_access.headline(view, tiny_city(kind="schematic", places=near))) == (
        "8 av 10 har en livsmedelsbutik inom 10 minuters gång, 8 av 10 en vårdcentral"
    )


def test_title_and_summary_name_both_ends(view):
    city = tiny_city()
    found = places_access_map.area_figure(view, city, areas_shown(city))
    assert plain(found.title) == (
        "Till närmaste apotek är det ungefär 400 m från det område som ligger närmast "
        "och ungefär 2,0 km från det som ligger längst bort"
    )
    assert "Närmast: Sylte-Hörlycke-Eriksro · 1488C1020. Längst bort: Södra Skoftebyn · 1488C1040." in found.summary
    assert "medelvägen ungefär 1,1 km (14 min), och 20 % av invånarna" in plain(found.summary)


def test_what_cannot_be_reached_is_said_and_is_no_number(view):
    city = tiny_city()
    shown = areas_shown(city)
    found = places_access_map.area_figure(view, city, shown)
    assert "Inte nåbar från: Trollhättan östra landsbygd · 1488A0010." in found.summary
    table = found.table_html()
    assert "ingen väg i gångnätet leder till någon sådan plats" in table
    last = re.findall(r"<tr>.*?</tr>", table)[-1]
    assert re.findall(r"<td[^>]*>(.*?)</td>", last)[:2] == ["inte nåbar", "inte nåbar"]
    assert found.download_rows()[-1]["mean_metres"] is None
    painted = places_access_map.painted_areas(view, city, shown.ways)
    assert [painted[code].class_index for code in CODES] == [1, 2, 4, None]
    assert painted[CODES[3]].text == "inte nåbar"


def test_what_is_not_known_has_its_reason(view):
    city = tiny_city(population=(100, np.nan, 100, 0))
    shown = areas_shown(city, level="regso")
    table = places_access_map.area_figure(view, city, shown).table_html()
    assert "invånarna i området är inte kända" in table
    assert places_access_map.painted_areas(view, city, shown.ways)[NEIGHBOURHOODS[0]].text.startswith("Kan inte räknas")


def test_a_mean_of_only_some_is_pointed_out(view):
    city = tiny_city()
    moved = replace(city.people, area=np.array([0, 1, 1, 2, 1]), share=np.array([1, 0.5, 0.25, 1, 0.25]))
    city = replace(city, people=moved)
    table = places_access_map.area_figure(view, city, areas_shown(city)).table_html()
    assert "räknad på dem som gör det" in table


def test_an_approximate_position_is_told_where_it_matters(view):
    city = tiny_city()
    with_it = places_access_map.area_figure(view, city, areas_shown(city, "health_centre"))
    assert any("ungefärligt läge: Ny vårdcentral" in note for note in with_it.evidence.notes)
    without = places_access_map.area_figure(view, city, areas_shown(city, "pharmacy"))
    assert not any("ungefärligt läge" in note for note in without.evidence.notes)
    lacking = next(note for note in without.evidence.notes if note.startswith("Finns inte"))
    assert "livsmedelsbutiker" in lacking
    assert "apotek" not in lacking


def test_the_files_hold_rounded_ways_names_years_and_the_network(view):
    city = tiny_city(kind="schematic", population=(110, 330, 3, 0))
    found = places_access_map.area_figure(view, city, areas_shown(city, level="regso")).download_rows()[0]
    assert found["mean_metres"] == 850
    assert found["people"] == 400
    assert found["share_within_800_m"] == pytest.approx(0.25)
    assert "share_within_400_m" not in found
    assert found["source"] == "© OpenStreetMap contributors, ODbL 1.0; SCB, CC0; Skolverket, CC0"
    assert found["status"] == "uncertain_few_points"
    assert (found["service"], found["service_name"], found["people_year"]) == ("pharmacy", "apotek", 2025)
    assert (found["network"], found["network_made"]) == ("schematic", "2026-01-31")
    assert str(found["note"]).startswith("Schematiskt gångnät, uppskattade avstånd")
    real = tiny_city(population=(110, 330, 3, 0))
    found = places_access_map.area_figure(view, real, areas_shown(real, level="regso")).download_rows()[0]
    assert (found["mean_metres"], found["people"], found["status"]) == (850, 440, "known")
    assert found["share_within_400_m"] == pytest.approx(0.125)
    compared = places_access_groups.compare(view, city, "foreign_background", "municipality")
    for content in (
        places_access_services.services_figure(view, city, places_access_services.ways_in_order(city)),
        places_access_groups.groups_figure(view, city, compared),
    ):
        assert {row["source"] for row in content.download_rows()} == {
            "© OpenStreetMap contributors, ODbL 1.0; SCB, CC0; Skolverket, CC0"
        }


# Few points


def spread(city, points: int):
    """Spread the people of the second area over so many points."""
    people = city.people
    kept = people.area != 1
    return replace(
        city,
        people=replace(
            people,
            node=np.r_[people.node[kept], np.arange(8, 8 + points)],
            area=np.r_[people.area[kept], np.ones(points, int)],
            share=np.r_[people.share[kept], np.full(points, 1 / points)],
        ),
    )


@pytest.mark.parametrize(("kind", "points", "basis"), [("schematic", 4, "few"), ("schematic", 5, "enough")])
def test_an_area_with_few_points_is_uncertain_on_a_schematic_network(kind, points, basis):
    found = {way.area_code: way for way in area_ways(spread(tiny_city(kind=kind), points), "pharmacy", "deso")}
    assert found[CODES[1]].basis == basis
    assert found[CODES[0]].basis == "few"
    assert found[CODES[3]].basis == "too_few"
    together = area_ways(spread(tiny_city(kind=kind), 3), "pharmacy", "regso")[0]
    # Two and three points make five.
    assert together.basis == "enough"


def test_on_a_measured_network_no_area_is_uncertain():
    assert {way.basis for way in area_ways(tiny_city(), "pharmacy", "deso")} == {"enough"}


def test_what_is_uncertain_has_its_sign_and_stays_out_of_the_headlines(view):
    city = spread(tiny_city(kind="schematic"), 5)
    shown = areas_shown(city)
    found = places_access_map.area_figure(view, city, shown)
    assert plain(found.title) == (
        "Till närmaste apotek är det ungefär 1,0 km från det område som ligger närmast "
        "och ungefär 1,0 km från det som ligger längst bort"
    )
    assert "1488C1040" not in found.summary
    assert "Områden med få punkter är inte med i rubriken." in found.summary
    assert any("för få punkter för ett eget tal" in note and "1488A0010" in note for note in found.evidence.notes)
    table = plain(found.table_html())
    assert "400 m ?</td>" in table
    assert "1,0 km</td>" in table
    assert "? Osäkert, få punkter" in table
    painted = places_access_map.painted_areas(view, city, shown.ways)
    assert painted[CODES[0]].text.endswith("; osäkert: få punkter")
    assert "osäkert" not in painted[CODES[1]].text
    few = tiny_city(kind="schematic")
    assert "kan inte räknas säkert" in places_access_map.area_figure(view, few, areas_shown(few)).title


def test_the_countryside_with_too_few_points_has_no_number(view):
    city = tiny_city(kind="schematic", population=(100, 300, 100, 100))
    shown = areas_shown(city)
    found = places_access_map.area_figure(view, city, shown)
    last = re.findall(r"<tr>.*?</tr>", found.table_html())[-1]
    assert ">för få punkter</td>" in last
    assert "ett tal skulle säga mer om nätet än om området" in found.table_html()
    row = found.download_rows()[-1]
    assert (row["mean_metres"], row["share_reached"], row["share_within_800_m"]) == (None, None, None)
    assert row["status"] == "left_out_too_few_points"
    assert places_access_map.painted_areas(view, city, shown.ways)[CODES[3]].text == "för få punkter"


def test_five_minutes_are_not_told_on_a_schematic_network(view):
    for kind, told in (("schematic", False), ("openstreetmap", True)):
        city = tiny_city(kind=kind)
        found = places_access_services.ways_in_order(city)
        content = places_access_services.services_figure(view, city, found)
        areas = places_access_map.area_figure(view, city, areas_shown(city))
        for table in (content.table_html(), areas.table_html()):
            assert ("Inom 5 min" in plain(table)) == told
            assert "Inom 10 min" in plain(table)
        assert ("share_within_400_m" in content.download_rows()[0]) == told
        assert len(places_access_services.parts_of(city)) == (4 if told else 3)
        for _, way in found:
            assert sum(places_access_services._parts(city, way)) == pytest.approx(100)


def test_services_stand_from_most_to_fewest(view):
    city = tiny_city()
    found = places_access_services.ways_in_order(city)
    assert [kind for kind, _ in found] == ["stop", "health_centre", "pharmacy"]
    content = places_access_services.services_figure(view, city, found)
    assert content.title == "Av det som visas har flest nära till en hållplats, färst till ett apotek"
    assert "hållplats 80 %" in plain(content.summary)
    same = tiny_city(kind="schematic")
    content = places_access_services.services_figure(view, same, places_access_services.ways_in_order(same))
    assert content.title == "Så många har nära till varje slags service"


@pytest.mark.parametrize(
    ("group", "title"),
    [
        ((50, 100, 10, 0), "I Trollhättan skiljer sig vägarna: kortare för {g} till 3 av 3 slags service"),
        ((50, 200, 90, 0), "I Trollhättan skiljer sig vägarna: längre för {g} till 3 av 3 slags service"),
        ((20, 60, 20, 0), "I Trollhättan skiljer sig vägarna inte säkert mellan {g} och personer med svensk bakgrund"),
        ((1, 1, 1, 0), "I Trollhättan kan vägarna för {g} och personer med svensk bakgrund inte jämföras"),
    ],
)
def test_the_title_tells_of_both_directions_alike(view, group, title):
    city = tiny_city(group=group)
    compared = places_access_groups.compare(view, city, "foreign_background", "municipality")
    found = places_access_groups.groups_figure(view, city, compared)
    assert found.title == title.format(g="personer med utländsk bakgrund")


def test_the_title_tells_of_both_directions_at_once(view):
    places = (*PLACES, Place("l", "Bibliotek", "library", 2000, 0))
    city = tiny_city(places=places)
    compared = places_access_groups.compare(view, city, "foreign_background", "municipality")
    found = places_access_groups.groups_figure(view, city, compared)
    assert found.title.endswith("kortare för personer med utländsk bakgrund till 3 av 4 slags service, längre till 1")
    assert "Längre till bibliotek." in found.summary


def test_the_difference_is_rounded_once_in_table_and_file(view):
    city = tiny_city(kind="schematic")
    compared = places_access_groups.compare(view, city, "foreign_background", "municipality")
    found = places_access_groups.groups_figure(view, city, compared)
    row = re.findall(r"<tr>.*?</tr>", found.table_html())[-1]
    cells = [plain(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
    assert cells == ["900 m", "1,2 km", "300 m kortare", "39", "31 %", "15 %"]
    row = found.download_rows()[-1]
    assert (row["mean_metres_group"], row["mean_metres_rest"], row["difference"]) == (900, 1200, -300)


def gap(difference: float, floor: float = 1.0, *, step: int = 100) -> GroupWay:
    return GroupWay(
        "pharmacy", AccessGap("pharmacy", "age", 2000 + difference, 2000, difference, floor), step, (0.5, 0.5)
    )


def test_below_a_hundred_metres_ways_are_about_the_same_on_a_schematic_network(view):
    city = tiny_city(kind="schematic")
    assert {way.step for way in group_ways(city, "foreign_background")} == {100}
    assert {way.step for way in group_ways(tiny_city(), "foreign_background")} == {10}
    assert [gap(one).verdict for one in (-100, -99, 99, 100)] == ["shorter", "coarse", "coarse", "longer"]
    assert plain(places_access_groups.verdict_text(view, city, gap(-99))) == "ungefär lika (under 100 m)"


def test_the_title_tells_what_is_about_the_same_and_what_is_uncertain(view):
    ways = (*[gap(-200)] * 6, gap(200), gap(20), gap(-300, 1000))
    compared = places_access_groups.Compared("foreign_background", "centre", 2024, ways)
    assert places_access_groups.groups_figure(view, tiny_city(kind="schematic"), compared).title == (
        "I centralorten skiljer sig vägarna: kortare för personer med utländsk bakgrund till 6 av 9 slags service, "
        "längre till 1, ungefär lika till 1, ingen säker skillnad till 1"
    )
    turned = places_access_groups.Compared("foreign_background", "centre", 2024, (gap(200), gap(20)))
    assert places_access_groups.groups_figure(view, tiny_city(kind="schematic"), turned).title == (
        "I centralorten skiljer sig vägarna: längre för personer med utländsk bakgrund till 1 av 2 slags service, "
        "ungefär lika till 1"
    )


def test_a_difference_is_that_of_the_ways_before_they_are_rounded(view):
    city = tiny_city(kind="schematic")
    for more, said in ((174, "150 m"), (175, "200 m")):
        for sign, word in ((1, "längre"), (-1, "kortare")):
            found = gap(sign * more)
            assert plain(places_access_groups.verdict_text(view, city, found)) == f"{said} {word}"
            compared = places_access_groups.Compared("foreign_background", "centre", 2024, (found,))
            row = places_access_groups.groups_figure(view, city, compared).download_rows()[0]
            assert row["difference"] == sign * int(said.split()[0])


def test_what_the_floor_draws_at_random_is_what_is_counted(view):
    for group, drawn in (("rented_tenure", "bland alla bostäder"), ("age_65_plus", "bland alla personer")):
        compared = places_access_groups.Compared(group, "centre", 2024, (gap(-200),))
        assert drawn in places_access_groups.groups_figure(view, tiny_city(), compared).table_html()


def test_schools_name_their_register(view):
    places = (*PLACES, Place("k", "Skola", "school", 0, 0))
    city = tiny_city(places=places)
    assert "skolverket" in places_access_map.area_figure(view, city, areas_shown(city, "school")).evidence.sources
    assert "skolverket" not in places_access_map.area_figure(view, city, areas_shown(city)).evidence.sources


def test_minutes_are_those_of_metres_that_nothing_has_rounded(view):
    assert plain(words.about_with_minutes(view, tiny_city(kind="schematic"), 1350.0)) == "ungefär 1,4 km (17 min)"


def test_the_lead_is_no_more_exact_than_the_sum_of_small_areas(view):
    city = tiny_city(kind="schematic", population=(171, 300, 100, 0))
    assert "ungefär 600 invånare" in plain(places_access.lead(view, city))


def test_long_ways_that_differ_little_have_a_difference_of_their_own(view):
    assert plain(places_access_groups.verdict_text(view, tiny_city(), gap(30, step=10))) == "30 m längre"


def test_those_who_live_in_rented_dwellings_are_people(view):
    compared = places_access_groups.Compared("rented_tenure", "centre", 2024, (gap(-200),))
    found = places_access_groups.groups_figure(view, tiny_city(), compared)
    assert "kortare för dem som bor i hyresrätt till 1 av 1" in found.title
    assert any(note.startswith("Räknat på bostäder") for note in found.evidence.notes)


def test_the_caution_comes_first(view):
    city = tiny_city(kind="schematic")
    compared = places_access_groups.compare(view, city, "foreign_background", "municipality")
    summary = plain(places_access_groups.groups_figure(view, city, compared).summary)
    assert summary.startswith("Bara avstånd mellan områden räknas")
    assert summary.index("Skillnader under 100 m") < summary.index("Medelvägen för") < summary.index("Störst är")


def test_the_limits_are_told_with_the_comparison(view):
    city = tiny_city(kind="schematic")
    compared = places_access_groups.compare(view, city, "foreign_background", "municipality")
    said = plain(" ".join(places_access_groups.groups_figure(view, city, compared).evidence.notes))
    for part in (
        "Bara avstånd mellan områden räknas",
        "Slumpgolvet är",
        "Skillnader under 100 m räknas som ungefär lika",
        "folkmängden gånger SCB:s andel",
    ):
        assert part in said


def test_the_central_locality_is_taken_from_the_kinds_of_areas(view):
    city = tiny_city(population=(100, 300, 100, 100), group=(50, 100, 10, 50))
    everywhere = places_access_groups.compare(view, city, "foreign_background", "municipality")
    centre = places_access_groups.compare(view, city, "foreign_background", "centre")
    # The island lies in the countryside, and nobody there can reach anything.
    assert {way.verdict for way in everywhere.ways} == {"missing"}
    assert {way.verdict for way in centre.ways} == {"shorter"}
    assert places_access_groups.groups_figure(view, city, centre).title.startswith("I centralorten skiljer")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_place_has_its_names(language):
    t = get_translator(language, LOCALES)
    for kind in PLACE_KINDS:
        assert all(t.has(f"{prefix}.{kind}") for prefix in ("place_kind", "place_kind_one", "place_kind_plural"))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.kind)
def test_the_picture_of_pairs_is_valid_and_draws_the_uncertain_thin(t, theme):
    rows = [
        Pair("A", 100.0, 200.0, "ungefär 100 m", "ungefär 200 m", "100 m kortare"),
        Pair("B", 100.0, 101.0, "ungefär 100 m", "ungefär 100 m", "kan inte skiljas från slump", certain=False),
        Pair("C", None, None, "..", "..", "kan inte räknas"),
    ]
    spec = paired_dots(rows, ("G", "R"), theme=theme, t=t, description="I ord", axis_title="m")
    assert_valid(spec)
    rule = spec["layer"][0]
    assert [row["certain"] for row in rule["data"]["values"]] == [True, False]
    assert rule["encoding"]["strokeWidth"]["condition"]["value"] > rule["encoding"]["strokeWidth"]["value"]
    assert [row["label"] for row in spec["layer"][3]["data"]["values"]] == ["A", "B", "C"]
    points = spec["layer"][1]["encoding"]
    assert points["shape"]["scale"]["domain"] == points["color"]["scale"]["domain"] == ["G", "R"]
    assert_valid(paired_dots([rows[2]], ("G", "R"), theme=theme, t=t, description="I ord", axis_title="m"))


# The city's own data


def test_neighbourhoods_of_the_city_equal_a_sum_over_all_its_nodes(warehouse):
    city = city_of(warehouse, "1488")
    assert city is not None
    people, metres = city.people, service_distances(city, "library")
    regso = np.array([city.regso_of[code] for code in people.area_codes])
    weight = people.population[people.area] * people.share
    for way in area_ways(city, "library", "regso"):
        inside = regso[people.area] == way.area_code
        assert way.mean == pytest.approx(np.average(metres[people.node[inside]], weights=weight[inside]))
        assert way.within[2] == pytest.approx(
            weight[inside & (metres[people.node] <= 1200)].sum() / weight[inside].sum()
        )


def part() -> None:
    from dashboard.views.context import current_view
    from dashboard.views.places_access import show_access
    from dashboard.views.places_city import current_city

    view = current_view()
    show_access(view, current_city(view))


@pytest.fixture
def visit(home_city):
    with home_city.in_use():

        def run(**address: str) -> AppTest:
            at = AppTest.from_function(part, default_timeout=30)
            if address.pop("lang", "sv") == "en":
                at.session_state["lang"] = "en"
            at.query_params.update(address)
            at.run()
            assert not at.exception
            return at

        yield run


def markup(at: AppTest) -> str:
    return "\n".join(element.value for element in at.get("html"))


def chosen(at: AppTest, key: str) -> str:
    return next(group.value for group in at.button_group if group.key == key)


def test_the_part_runs_says_first_that_it_estimates_and_has_three_figures(visit):
    at = visit()
    said = markup(at)
    assert said.count("<h1") == 1
    assert "Schematiskt gångnät, uppskattade avstånd" in said
    assert len(at.get("vega_lite_chart")) == 3
    assert sum(str(group.key).startswith("more-access") for group in at.button_group) == 3


def test_a_link_restores_what_was_chosen(visit):
    at = visit(service="library", niva="deso", grupp="age_65_plus", var="municipality")
    assert [chosen(at, key) for key in ("service", "niva", "grupp", "var")] == [
        "library",
        "deso",
        "age_65_plus",
        "municipality",
    ]
    said = markup(at)
    assert "Till närmaste bibliotek" in said
    assert "I Trollhättan skiljer sig vägarna" in said


def test_a_link_with_what_does_not_exist_is_passed_over(visit):
    at = visit(service="casino", grupp="x", var="y")
    assert chosen(at, "service") in SERVICES
    assert chosen(at, "grupp") == "foreign_background"
    assert (chosen(at, "niva"), chosen(at, "var")) == ("regso", "centre")


def test_in_english_no_swedish_is_left(visit):
    at = visit(lang="en", service="health_centre")
    said = re.sub(r"<[^>]+>", " ", markup(at))
    assert "The nearest health centre is about" in said
    assert not re.search(r"\b(och|närmaste|minuter|invånare|områden|kortare|längre|inom)\b", said)


def test_every_figure_opens_its_account(visit):
    at = visit()
    for group in [group for group in at.button_group if str(group.key).startswith("more-access")]:
        group.set_value("how").run()
    assert not at.exception
    assert markup(at).count("hs-definitions") == 3
    assert markup(at).count("ofta för korta, där nätet är glest") >= 3
