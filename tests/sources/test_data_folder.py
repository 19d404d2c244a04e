"""What is worked out, completed and written from the published figures is the embedded data, byte for byte."""

import pandas as pd
import pytest

from dashboard.sources.data_folder import finished, write_observations
from dashboard.sources.observation_frame import frame_of, observations_of
from dashboard.sources.tidy import Observation

WORKED_OUT = {
    "sum_of_published_parts",
    "share_of_published_counts",
    "estimated_weight",
    "part_missing",
    "absent_in_source",
}


@pytest.fixture(scope="module")
def published(embedded):
    frames = [
        pd.read_csv(path, dtype={"area_code": str, "note": str}, keep_default_na=False, na_values={"value": [""]})
        for path in sorted((embedded / "observations").glob("*.csv"))
    ]
    sources = [path.stem for path in sorted((embedded / "observations").glob("*.csv"))]
    whole = pd.concat([frame.assign(source=source) for frame, source in zip(frames, sources, strict=True)])
    for name in ("lower", "upper"):
        whole[name] = pd.to_numeric(whole[name])
    return whole[~whole["note"].isin(WORKED_OUT)].reset_index(drop=True)


def test_the_embedded_data_come_out_of_their_published_figures(published, embedded, tmp_path):
    areas = [
        str(code)
        for path in (embedded / "areas").glob("*.parquet")
        for code in pd.read_parquet(path, columns=["area_code"])["area_code"]
    ]
    # Neighbourhoods of the cities to compare with tie their small areas together and have no figures of their own.
    told = set(published["area_code"].str[:5])
    whole = finished(published, embedded / "catalogue", [code for code in areas if code[:5] in told])
    write_observations(whole, tmp_path / "observations")
    for path in sorted((embedded / "observations").glob("*.csv")):
        assert (tmp_path / "observations" / path.name).read_bytes() == path.read_bytes(), path.name


def test_rows_given_come_first_and_in_their_order(embedded):
    figures = [
        Observation("scb_tab6638", "1487C1010_DeSO2025", name, 2025, 10.0, "published")
        for name in (
            "dwellings_tenure_unknown",
            "dwellings_rented",
            "dwellings_owner_occupied",
            "dwellings_tenant_owned",
        )
    ]
    whole = observations_of(finished(frame_of(figures), embedded / "catalogue", ["1487C1020"]))
    assert whole[:4] == figures
    worked_out = whole[4]
    assert (worked_out.indicator, worked_out.value, worked_out.status) == ("dwellings_total", 40.0, "derived")
    assert {one.area_code for one in whole[5:]} == {"1487C1020_DeSO2025"}
    assert len(whole) == 10
