"""What the data folder holds now: figures and areas that an update keeps, replaces or is compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd
import yaml

from dashboard.sources.observation_frame import together
from dashboard.sources.tidy import OBSERVATION_COLUMNS, InputError

AREA_TABLE = re.compile(r"(deso|regso)_\d{4}|municipality")
NUMBERS = {"year": "int32", "value": "float64", "lower": "float64", "upper": "float64"}


@dataclass(frozen=True)
class Present:
    """A data folder as it is.

    Attributes
    ----------
    municipality
        Code of the one that it was made for.
    observations
        As ``observation_frame`` has them.
    areas
        Name of the table (``deso_2025``, ``municipality``) → its rows, in WGS 84.
    """

    municipality: str
    observations: pd.DataFrame
    areas: dict[str, gpd.GeoDataFrame]

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Codes of all municipalities that it has figures of."""
        table = self.areas.get("municipality")
        return () if table is None else tuple(sorted(str(code) for code in table["code"]))


def read_present(data_folder: Path) -> Present:
    """Read a data folder; its rows were checked when it was written.

    Raises
    ------
    InputError
        When a part of it cannot be read.
    """
    try:
        municipality = str(yaml.safe_load((data_folder / "bundle.yaml").read_text("utf-8"))["municipality"])
        files = sorted((data_folder / "observations").glob("*.csv"))
        frames = [_observations(path) for path in files]
        areas = {
            path.stem: gpd.read_parquet(path)
            for path in sorted((data_folder / "areas").glob("*.parquet"))
            if AREA_TABLE.fullmatch(path.stem)
        }
    except (OSError, KeyError, TypeError, ValueError, yaml.YAMLError) as error:
        raise InputError(
            f"The figures in {data_folder} cannot be read ({error}): put the data folder back as it was installed."
        ) from error
    return Present(municipality, together(frames), areas)


def _observations(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(
        path,
        dtype={name: NUMBERS.get(name, "str") for name in OBSERVATION_COLUMNS},
        keep_default_na=False,
        na_values={name: [""] for name in ("value", "lower", "upper")},
    )
    return frame.assign(source=path.stem)
