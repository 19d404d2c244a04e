"""SCB's boundaries from a service on this machine, and from GeoPackages: whole, in full precision, and sound."""

import json

import geopandas as gpd
import made_up_divisions
import pytest
import shapely
from fetching import StoodClock, asking
from made_up_wfs import EXCEPTION_REPORT, made_up_wfs

from dashboard.sources.answer_cache import AnswerCache
from dashboard.sources.fetch_faults import (
    ChangedMeanwhileError,
    FetchError,
    NotFoundError,
    RefusedCallError,
    UnreadableAnswerError,
    WrongContentTypeError,
)
from dashboard.sources.fetched import Wanted
from dashboard.sources.scb_geodata import MUNICIPALITIES_A_QUERY, GeoPackageFolder, ScbGeodata, municipalities_of
from dashboard.sources.scb_layers import DESO_2018, DESO_2025, UnsoundBoundariesError
from dashboard.sources.wfs_layer import FEATURES_A_PAGE, in_cql

WANTED = Wanted(made_up_divisions.HOME, (made_up_divisions.PEER,))
LAYERS = ("deso_2025", "regso_2025", "deso_2018", "regso_2020")


@pytest.fixture
def wfs(monkeypatch):
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    with made_up_wfs() as service:
        yield service


def fetch(service, folder, wanted=WANTED, tell=lambda *_: None):
    with asking(service.url, StoodClock()) as answers:
        return ScbGeodata(AnswerCache(answers, folder)).fetch(wanted, tell)


def rows(frame):
    return frame.drop(columns="geometry").to_numpy().tolist()


def refused(service, folder, kind=FetchError, wanted=WANTED):
    with pytest.raises(kind) as caught:
        fetch(service, folder, wanted)
    return str(caught.value)


def properties(service, layer, code):
    (found,) = (
        one
        for one in service.features[layer]
        if code in (one["properties"].get("desokod"), one["properties"]["regsokod"])
    )
    return found["properties"]


def test_both_divisions_come_with_neighbourhoods_and_names(wfs, tmp_path):
    fetched = fetch(wfs, tmp_path)
    assert tuple(fetched.boundaries) == LAYERS
    for name, expected in made_up_divisions.divisions().items():
        frame = fetched.boundaries[name]
        assert list(frame.columns) == list(expected.columns), name
        assert rows(frame) == rows(expected), name
        assert frame.crs.to_epsg() == 3006
        assert shapely.equals_identical(frame.geometry.to_numpy(), expected.geometry.to_numpy()).all(), name


def test_coordinates_are_those_that_were_sent_to_the_last_figure(tmp_path, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    with made_up_wfs(points=100) as service:
        frame = fetch(service, tmp_path).boundaries["deso_2025"]
        sent = {one["properties"]["desokod"]: one["geometry"] for one in service.features["DeSO_2025"]}
    assert shapely.get_num_coordinates(frame.geometry.to_numpy()).sum() > 5_000
    for code, shape in zip(frame["code"], frame.geometry, strict=True):
        assert json.loads(shapely.to_geojson(shape))["coordinates"] == sent[code]["coordinates"]


def test_the_old_division_is_asked_for_the_home_municipality_alone(wfs, tmp_path):
    fetch(wfs, tmp_path)
    filters = {asked["typeNames"]: asked["cql_filter"] for asked in wfs.asked}
    assert filters == {
        "stat:DeSO_2025": "kommunkod IN ('1487','1485')",
        "stat:RegSO_2025": "kommunkod IN ('1487','1485')",
        "stat:DeSO_2018": "kommunkod IN ('1487')",
        "stat:RegSO_2020": "kommunkod IN ('1487')",
    }
    assert municipalities_of(DESO_2025, WANTED) == ("1487", "1485")
    assert municipalities_of(DESO_2018, WANTED) == ("1487",)


def test_each_question_is_for_geojson_in_sweref_99_tm_in_an_order_that_holds(wfs, tmp_path):
    fetch(wfs, tmp_path)
    for asked in wfs.asked:
        assert (asked["service"], asked["version"], asked["request"]) == ("WFS", "2.0.0", "GetFeature")
        assert (asked["outputFormat"], asked["srsName"]) == ("application/json", "EPSG:3006")
        assert asked["sortBy"] == ("desokod" if "DeSO" in asked["typeNames"] else "regsokod")


def test_files_are_noted_with_their_version_and_a_fingerprint_of_the_features_alone(wfs, tmp_path):
    first, again = fetch(wfs, tmp_path / "one"), fetch(wfs, tmp_path / "two")
    assert first.files == again.files
    assert {name: file.rows for name, (file,) in first.files.items()} == {
        "scb_areas_deso_2025": 8,
        "scb_areas_regso_2025": 5,
        "scb_areas_deso_2018": 6,
        "scb_areas_regso_2020": 4,
    }
    (file,) = first.files["scb_areas_deso_2018"]
    assert (file.name, file.updated) == ("stat:DeSO_2018 2018_v3", None)
    wfs.features["DeSO_2018"][0]["geometry"]["coordinates"][0][1][0] += 0.001
    (changed,) = fetch(wfs, tmp_path / "three").files["scb_areas_deso_2018"]
    assert changed.sha256 != file.sha256


def test_pages_are_put_together_however_few_features_the_service_gives_at_a_time(wfs, tmp_path):
    wfs.most = 3
    steps = []
    fetched = fetch(wfs, tmp_path, tell=lambda *step: steps.append(step))
    expected = made_up_divisions.divisions()["deso_2025"]
    assert list(fetched.boundaries["deso_2025"]["code"]) == list(expected["code"])
    assert [step for step in steps if step[0] == "boundaries DeSO_2025"] == [
        ("boundaries DeSO_2025", 3, 8),
        ("boundaries DeSO_2025", 6, 8),
        ("boundaries DeSO_2025", 8, 8),
    ]
    starts = [asked["startIndex"] for asked in wfs.asked if asked["typeNames"] == "stat:DeSO_2025"]
    assert starts == ["0", "0", "3", "6", "0"]


def test_many_municipalities_are_asked_for_in_short_addresses(wfs, tmp_path):
    peers = tuple(f"{code:04}" for code in range(1500, 1500 + MUNICIPALITIES_A_QUERY + 5))
    (model,) = (one for one in wfs.features["RegSO_2025"] if one["properties"]["kommunkod"] == "1485")
    small = next(one for one in wfs.features["DeSO_2025"] if one["properties"]["kommunkod"] == "1485")
    for code in peers:
        for layer, one in (("RegSO_2025", model), ("DeSO_2025", small)):
            about = one["properties"] | {"kommunkod": code, "regsokod": f"{code}R001"}
            about |= {"desokod": f"{code}A0010"} if "desokod" in about else {}
            wfs.features[layer].append(one | {"properties": about})
    frame = fetch(wfs, tmp_path, Wanted("1487", peers)).boundaries["deso_2025"]
    assert len(frame) == 6 + len(peers)
    assert all(asked["cql_filter"].count("'") <= 2 * MUNICIPALITIES_A_QUERY for asked in wfs.asked)


def test_the_same_version_is_not_sent_twice(wfs, tmp_path):
    before = fetch(wfs, tmp_path)
    asked = len(wfs.asked)
    after = fetch(wfs, tmp_path)
    looks = wfs.asked[asked:]
    assert len(looks) == 4
    assert {one["count"] for one in looks} == {"1"}
    assert before.files == after.files
    for one in wfs.features["DeSO_2025"]:
        one["properties"]["version"] = "2025_v3"
    (file,) = fetch(wfs, tmp_path).files["scb_areas_deso_2025"]
    assert file.name == "stat:DeSO_2025 2025_v3"


def test_an_interrupted_fetch_goes_on_with_what_is_missing(wfs, tmp_path):
    wfs.most = 3
    wfs.after = lambda: wfs.instead.extend([(400, "application/xml", EXCEPTION_REPORT)] if len(wfs.asked) == 3 else [])
    refused(wfs, tmp_path, RefusedCallError)
    wfs.after = lambda: None
    wfs.asked.clear()
    fetch(wfs, tmp_path)
    starts = [asked["startIndex"] for asked in wfs.asked if asked["typeNames"] == "stat:DeSO_2025"]
    assert starts == ["0", "6", "0"], "two pages were there"


def test_another_coordinate_system_is_told_and_nothing_is_used(wfs, tmp_path):
    wfs.crs = "urn:ogc:def:crs:EPSG::4326"
    assert "gave boundaries in urn:ogc:def:crs:EPSG::4326 where EPSG:3006 was asked for" in refused(
        wfs, tmp_path, UnreadableAnswerError
    )
    wfs.crs = None
    assert "a coordinate system that it does not tell" in refused(wfs, tmp_path, UnreadableAnswerError)


@pytest.mark.parametrize("name", ["EPSG:3006", "http://www.opengis.net/def/crs/EPSG/0/3006"])
def test_the_same_coordinate_system_may_be_written_otherwise(wfs, tmp_path, name):
    wfs.crs = name
    assert len(fetch(wfs, tmp_path).boundaries["deso_2025"]) == 8


def test_coordinates_in_the_other_order_are_told(wfs, tmp_path):
    for one in wfs.features["DeSO_2025"]:
        one["geometry"]["coordinates"] = [[point[::-1] for point in ring] for ring in one["geometry"]["coordinates"]]
    assert "lies outside Sweden" in refused(wfs, tmp_path, UnsoundBoundariesError)


def test_fewer_features_than_announced_are_told(wfs, tmp_path):
    def drop(answer):
        if answer["numberReturned"] > 1:
            answer["features"].pop()

    wfs.spoil = drop
    assert "says that it gives 8 areas and gives 7" in refused(wfs, tmp_path, UnreadableAnswerError)


def test_an_answer_that_is_cut_off_is_never_taken_for_the_whole(wfs, tmp_path):
    def cut(answer):
        if answer["numberReturned"] != 1:
            answer["features"] = answer["features"][:5]
            answer["numberReturned"] = len(answer["features"])

    def cut_and_stop(answer):
        cut(answer)
        if wfs.asked[-1]["startIndex"] != "0":
            answer |= {"features": [], "numberReturned": 0}

    wfs.spoil = cut
    assert len(fetch(wfs, tmp_path / "goes on").boundaries["deso_2025"]) == 8
    wfs.spoil = cut_and_stop
    assert "says that there are 8 areas and gives 5" in refused(wfs, tmp_path / "stops", UnreadableAnswerError)


@pytest.mark.parametrize("count", [None, "unknown", -1])
def test_a_service_that_does_not_count_is_not_trusted(wfs, tmp_path, count):
    wfs.spoil = lambda answer: answer.update(numberMatched=count)
    assert "does not say how many areas there are" in refused(wfs, tmp_path, UnreadableAnswerError)


def test_a_layer_that_changes_between_two_pages_is_told(wfs, tmp_path):
    wfs.most = 3

    def change():
        if len(wfs.asked) == 3:
            wfs.features["DeSO_2025"].pop()

    wfs.after = change
    assert "changed while it was fetched" in refused(wfs, tmp_path, ChangedMeanwhileError)


def test_a_new_version_after_the_first_page_is_told(wfs, tmp_path):
    wfs.most = 3

    def change():
        if len(wfs.asked) == 3:
            for one in wfs.features["DeSO_2025"]:
                one["properties"]["version"] = "2025_v3"

    wfs.after = change
    refused(wfs, tmp_path, ChangedMeanwhileError)


def test_reports_of_exceptions_are_told(wfs, tmp_path):
    wfs.instead = [(400, "application/xml", EXCEPTION_REPORT)]
    refused(wfs, tmp_path, RefusedCallError)
    wfs.instead = [(200, "text/xml", EXCEPTION_REPORT)]
    refused(wfs, tmp_path, WrongContentTypeError)
    report = {"version": "2.0.0", "exceptions": [{"code": "NoApplicableCode", "text": "Illegal property name"}]}
    wfs.instead = [(200, "application/json", json.dumps(report).encode())]
    assert "reports a fault: Illegal property name" in refused(wfs, tmp_path, UnreadableAnswerError)
    wfs.instead = [(200, "application/json", b'{"title": "somebody else"}')]
    assert "no collection of features" in refused(wfs, tmp_path, UnreadableAnswerError)


def test_a_layer_that_is_gone_is_told(wfs, tmp_path):
    del wfs.features["RegSO_2020"]
    assert "stat:RegSO_2020" in refused(wfs, tmp_path, RefusedCallError)


def test_a_municipality_without_areas_is_told(wfs, tmp_path):
    assert "has no area where kommunkod IN ('1111')" in refused(wfs, tmp_path, NotFoundError, Wanted("1111"))
    told = refused(wfs, tmp_path, UnsoundBoundariesError, Wanted("1487", ("1111",)))
    assert "has no areas of municipality 1111" in told


def test_an_attribute_that_was_renamed_is_told(wfs, tmp_path):
    for one in wfs.features["RegSO_2025"]:
        one["properties"]["namn"] = one["properties"].pop("regsonamn")
    assert "has no attribute regsonamn; it has objectid, " in refused(wfs, tmp_path, UnreadableAnswerError)


def test_a_code_twice_is_told(wfs, tmp_path):
    wfs.features["DeSO_2025"].append(wfs.features["DeSO_2025"][2])
    assert "has more than one boundary" in refused(wfs, tmp_path, UnsoundBoundariesError)


@pytest.mark.parametrize("code", ["1487X1010", "1487R001", "1487C1010_DeSO2025", None])
def test_a_code_that_is_none_is_told(wfs, tmp_path, code):
    properties(wfs, "DeSO_2025", "1487C1010")["desokod"] = code
    refused(wfs, tmp_path, UnsoundBoundariesError)


def test_an_area_of_another_municipality_is_told(wfs, tmp_path):
    properties(wfs, "DeSO_2025", "1487C1010")["desokod"] = "1488C1010"
    assert "1488C1010 lies in none of the municipalities" in refused(wfs, tmp_path, UnsoundBoundariesError)


@pytest.mark.parametrize("regso", [None, "1487R009", "1485R001"])
def test_a_small_area_without_its_neighbourhood_is_told(wfs, tmp_path, regso):
    properties(wfs, "DeSO_2025", "1487C1010")["regsokod"] = regso
    assert "1487C1010 is said to lie in" in refused(wfs, tmp_path, UnsoundBoundariesError)


def test_a_small_area_outside_its_neighbourhood_is_told(wfs, tmp_path):
    properties(wfs, "DeSO_2025", "1487C1010")["regsokod"] = "1487R002"
    assert "1487C1010 lies outside the RegSO" in refused(wfs, tmp_path, UnsoundBoundariesError)


def test_a_neighbourhood_without_a_small_area_or_a_name_is_told(wfs, tmp_path):
    found = properties(wfs, "RegSO_2025", "1487R001")
    found["regsonamn"] = " "
    assert "1487R001 has no name" in refused(wfs, tmp_path, UnsoundBoundariesError)
    found["regsonamn"] = "Provby"
    more = next(one for one in wfs.features["RegSO_2025"] if one["properties"]["regsokod"] == "1487R004")
    wfs.features["RegSO_2025"].append(more | {"properties": more["properties"] | {"regsokod": "1487R005"}})
    assert "no DeSO lies in 1487R005" in refused(wfs, tmp_path, UnsoundBoundariesError)


@pytest.mark.parametrize(
    "geometry",
    [
        {
            "type": "Polygon",
            "coordinates": [
                [[340000, 6460000], [341000, 6461000], [341000, 6460000], [340000, 6461000], [340000, 6460000]]
            ],
        },
        {"type": "Polygon", "coordinates": []},
        {"type": "Point", "coordinates": [340000, 6460000]},
    ],
)
def test_a_boundary_that_is_no_valid_polygon_is_told_and_named(wfs, tmp_path, geometry):
    for one in wfs.features["DeSO_2025"]:
        if one["properties"]["desokod"] == "1487C1010":
            one["geometry"] = geometry
    assert "the boundary of 1487C1010 is not a valid polygon" in refused(wfs, tmp_path, UnsoundBoundariesError)


@pytest.mark.parametrize("geometry", [{"type": "Polygon", "coordinates": [[["east"]]]}, {"coordinates": []}])
def test_a_boundary_that_is_no_geojson_is_told(wfs, tmp_path, geometry):
    wfs.features["DeSO_2025"][0]["geometry"] = geometry
    refused(wfs, tmp_path, UnreadableAnswerError)


def test_pages_are_small_enough_for_the_most_that_is_taken():
    assert FEATURES_A_PAGE * 250_000 <= 50 * 2**20, "an area with 8 000 points has a quarter of a megabyte"


def test_a_quote_cannot_end_a_condition():
    assert in_cql("namn", ["Tre'dje"]) == "namn IN ('Tre''dje')"


@pytest.fixture
def whole_country(tmp_path):
    """Give a file of all municipalities with all four layers, as SCB's own attributes have them."""
    path = tmp_path / "downloaded.gpkg"
    frames = made_up_divisions.divisions()
    for name, layer in zip(LAYERS, ("DeSO_2025", "RegSO_2025", "DeSO_2018", "RegSO_2020"), strict=True):
        frame = frames[name]
        deso = layer.startswith("DeSO")
        renamed = frame.rename(columns={"code": "desokod" if deso else "regsokod", "regso": "regsokod"})
        renamed = renamed.rename(columns={"name": "regsonamn"})
        renamed["kommunkod"] = frame["code"].str[:4]
        renamed.to_file(path, layer=layer)
    return path


def test_a_file_with_all_layers_gives_what_the_service_gives(wfs, whole_country, tmp_path):
    read = GeoPackageFolder(whole_country).fetch(WANTED, lambda *_: None)
    fetched = fetch(wfs, tmp_path / "cache")
    assert tuple(read.boundaries) == LAYERS
    for name in LAYERS:
        ours, theirs = read.boundaries[name], fetched.boundaries[name]
        assert list(ours["code"]) == list(theirs["code"])
        assert rows(ours) == rows(theirs)
        assert shapely.equals(ours.geometry.to_numpy(), theirs.geometry.to_numpy()).all()
    (file,) = read.files["scb_areas_regso_2020"]
    assert (file.name, file.rows, len(file.sha256)) == ("downloaded.gpkg", 4, 64)


def test_a_file_of_the_whole_country_is_cut_to_what_is_wanted(whole_country):
    with pytest.raises(UnsoundBoundariesError, match=r"DeSO_2018\) has no areas of the municipalities"):
        GeoPackageFolder(whole_country).fetch(Wanted("1485"), lambda *_: None)
    home = GeoPackageFolder(whole_country.parent).fetch(Wanted("1487"), lambda *_: None)
    assert set(home.boundaries["deso_2025"]["code"].str[:4]) == {"1487"}


def test_the_division_of_today_alone_will_do(whole_country, tmp_path):
    path = tmp_path / "today.gpkg"
    for layer in ("DeSO_2025", "RegSO_2025"):
        gpd.read_file(whole_country, layer=layer).to_file(path, layer=layer)
    assert tuple(GeoPackageFolder(path).fetch(WANTED, lambda *_: None).boundaries) == LAYERS[:2]
    gpd.read_file(whole_country, layer="DeSO_2018").to_file(path, layer="DeSO_2018")
    with pytest.raises(NotFoundError, match="DeSO_2018 and not the one that belongs to it"):
        GeoPackageFolder(path).fetch(WANTED, lambda *_: None)


def test_files_that_are_none_lack_a_layer_or_have_one_twice_are_told(whole_country, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(NotFoundError, match="has no layer DeSO_2025, RegSO_2025"):
        GeoPackageFolder(other).fetch(WANTED, lambda *_: None)
    (other / "text.gpkg").write_text("no GeoPackage", "utf-8")
    with pytest.raises(UnreadableAnswerError, match=r"text\.gpkg is not a readable GeoPackage"):
        GeoPackageFolder(other).fetch(WANTED, lambda *_: None)
    gpd.read_file(whole_country, layer="DeSO_2025").to_file(tmp_path / "again.gpkg", layer="DeSO_2025")
    with pytest.raises(UnsoundBoundariesError, match="both have the layer DeSO_2025"):
        GeoPackageFolder(tmp_path).fetch(WANTED, lambda *_: None)


def test_a_file_in_another_coordinate_system_or_without_a_column_is_told(whole_country, tmp_path):
    path = tmp_path / "other.gpkg"
    deso = gpd.read_file(whole_country, layer="DeSO_2025")
    deso.to_crs(4326).to_file(path, layer="DeSO_2025")
    gpd.read_file(whole_country, layer="RegSO_2025").to_file(path, layer="RegSO_2025")
    with pytest.raises(UnreadableAnswerError, match="not in SWEREF 99 TM"):
        GeoPackageFolder(path).fetch(WANTED, lambda *_: None)
    deso.drop(columns="regsokod").to_file(path, layer="DeSO_2025")
    with pytest.raises(UnreadableAnswerError, match="has no column regsokod"):
        GeoPackageFolder(path).fetch(WANTED, lambda *_: None)


def test_what_is_wrong_in_a_file_is_told_as_of_the_service(whole_country):
    deso = gpd.read_file(whole_country, layer="DeSO_2025")
    deso.loc[0, "regsokod"] = "1487R009"
    deso.to_file(whole_country, layer="DeSO_2025")
    with pytest.raises(UnsoundBoundariesError, match="is said to lie in 1487R009"):
        GeoPackageFolder(whole_country).fetch(WANTED, lambda *_: None)
