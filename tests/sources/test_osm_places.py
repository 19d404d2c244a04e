"""Named places of an extract: the same categories and columns as the embedded ones."""

import csv

from osm_extract import MadeUpExtract

from dashboard.sources.osm_places import CATEGORIES, NamedPlace, place_category, write_places
from dashboard.sources.places import PLACE_COLUMNS

BUS_STOP = {"highway": "bus_stop", "name": "Drottningtorget"}


def made_up() -> MadeUpExtract:
    points = {1: (0, 0), 2: (100, 0), 3: (100, 40), 4: (0, 40), 5: (-200, 0), 6: (3500, 0), 7: (20, 0), 8: (-200, 60)}
    return MadeUpExtract(points).path(5, 1)


def test_categories_are_those_of_the_embedded_places(embedded):
    with (embedded / "places" / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {(f"{key}={value}", category) for (key, value), category in CATEGORIES.items()}
    assert {(row["osm_tag"], row["category"]) for row in rows} == known


def test_only_what_has_a_name_is_a_named_place():
    assert place_category({"amenity": "library", "name": "Syltebiblioteket"}) == ("culture", "amenity=library")
    assert place_category({"amenity": "library"}) is None
    assert place_category({"amenity": "library", "name": " "}) is None
    assert place_category({"amenity": "bench", "name": "Bänken"}) is None


def test_points_outlines_and_outlines_of_several_ways_are_places(tmp_path):
    made = made_up()
    made.node_tags[5] = {"shop": "supermarket", "name": "Hallen"}
    made.way(1, 2, 3, 4, 1, amenity="school", name="Skolan", building="yes")
    made.way(1, 2, 3).way(3, 4, 1)
    made.relations.append(((3, 4), {"type": "multipolygon", "amenity": "hospital", "name": "Sjukhuset"}))
    places = {one.name: one for one in made.imported(tmp_path).places}
    assert {(one.category, one.name, one.osm_tag) for one in places.values()} == {
        ("grocery", "Hallen", "shop=supermarket"),
        ("education", "Skolan", "amenity=school"),
        ("health", "Sjukhuset", "amenity=hospital"),
    }
    school, hospital = places["Skolan"], places["Sjukhuset"]
    assert abs(school.lat - hospital.lat) + abs(school.lon - hospital.lon) < 1e-9
    assert school.lon > places["Hallen"].lon


def test_what_lies_outside_the_municipality_is_left_out(tmp_path):
    made = made_up()
    made.node_tags |= {6: {"amenity": "pharmacy", "name": "Utanför"}, 7: {"amenity": "pharmacy", "name": "Innanför"}}
    assert [one.name for one in made.imported(tmp_path).places] == ["Innanför"]


def test_a_stop_with_two_posts_is_one_place_in_their_middle(tmp_path):
    made = made_up()
    made.node_tags |= {5: BUS_STOP, 8: BUS_STOP, 2: {"highway": "bus_stop", "name": "Annan"}}
    stops = [one for one in made.imported(tmp_path).places if one.category == "transport"]
    assert [one.name for one in stops] == ["Annan", "Drottningtorget"]
    made.node_tags = {5: BUS_STOP}
    (alone,) = made.imported(tmp_path).places
    assert 0.0002 < stops[1].lat - alone.lat < 0.0003, "30 m further north"


def test_two_shops_of_one_name_are_two_places(tmp_path):
    made = made_up()
    shop = {"shop": "convenience", "name": "Kiosken"}
    made.node_tags |= {5: shop, 2: shop}
    assert len(made.imported(tmp_path).places) == 2


def test_places_are_written_like_the_embedded_ones(tmp_path):
    path = tmp_path / "places" / "places.csv"
    write_places([NamedPlace("culture", "A,\nB", 58.2812345, 12.2, "amenity=library")], path)
    header, row = path.read_text("utf-8").splitlines()
    assert header == ",".join(PLACE_COLUMNS)
    assert row == 'culture,"A, B",58.28123,12.20000,amenity=library'
    assert [one.name for one in path.parent.iterdir()] == ["places.csv"]
