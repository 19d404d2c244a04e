"""What named places are to somebody who walks there."""

import csv

import pytest
import yaml

from dashboard.sources.place_kinds import PLACE_KINDS, SERVICES, place_kind


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("amenity=library", "library"),
        ("shop=convenience", "grocery"),
        ("amenity=clinic", "health_centre"),
        ("amenity=hospital", "hospital"),
        ("highway=bus_stop", "stop"),
        ("shop=florist", "other"),
        ("library", "other"),
        ("", "other"),
    ],
)
def test_a_place_is_what_its_tag_says(tag, kind):
    assert place_kind(tag) == kind


def test_every_named_place_of_the_embedded_data_is_of_a_known_kind(embedded):
    with (embedded / "places" / "places.csv").open(encoding="utf-8", newline="") as file:
        tags = {row["osm_tag"] for row in csv.DictReader(file)}
    assert len(tags) > 10
    assert {tag for tag in tags if place_kind(tag) == "other"} == set()
    assert {place_kind(tag) for tag in tags} <= set(PLACE_KINDS)


def test_every_service_can_be_walked_to(embedded):
    """Each service that access is shown for is a kind of place, and the embedded data have one of it."""
    with (embedded / "places" / "places.csv").open(encoding="utf-8", newline="") as file:
        known = {place_kind(row["osm_tag"]) for row in csv.DictReader(file)}
    assert set(SERVICES) <= set(PLACE_KINDS)
    assert set(SERVICES) <= known


@pytest.mark.parametrize(("file", "entries"), [("places.yaml", "places"), ("services.yaml", "services")])
def test_the_register_names_known_kinds(embedded, file, entries):
    content = yaml.safe_load((embedded / "register" / file).read_text("utf-8"))
    assert {entry["kind"] for entry in content[entries]} <= set(PLACE_KINDS)
    assert len({entry["id"] for entry in content[entries]}) == len(content[entries])
