"""What tests of all parts share: settings of their own, made-up data folders, and built warehouses."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import made_up
import made_up_recut
import pytest
from city import City, forget_settings, say_nothing
from hypothesis import settings as hypothesis_settings

from dashboard.sources.bundle import bundle

PROJECT = Path(__file__).parents[1]
EMBEDDED = PROJECT / "data"

# How long an example takes depends on what else the machine does, and says nothing of the rule that it tries.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _no_settings_of_the_operator(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in [name for name in os.environ if name.startswith("DASHBOARD_")]:
        monkeypatch.delenv(name)
    empty = tmp_path_factory.getbasetemp() / "empty-settings.toml"
    empty.touch()
    monkeypatch.setenv("DASHBOARD_SETTINGS_FILE", str(empty))
    # A test that points nowhere must not write into the register of whoever runs it.
    monkeypatch.setenv("DASHBOARD_DATABASE_URL", f"sqlite:///{empty.parent / 'register.sqlite3'}")
    forget_settings()


@pytest.fixture(scope="session")
def embedded() -> Path:
    """Give the project's own data folder, for reading."""
    return EMBEDDED


@pytest.fixture(scope="session")
def home_city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Give the warehouse of the embedded data."""
    folder = tmp_path_factory.mktemp("trollhattan")
    return City(EMBEDDED, folder / "build" / "warehouse.duckdb", folder / "maps").build()


@pytest.fixture(scope="session")
def peer_city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Give the warehouse of the embedded data with a peer, which has no boundaries, as the home municipality."""
    folder = tmp_path_factory.mktemp("vanersborg")
    return City(EMBEDDED, folder / "build" / "warehouse.duckdb", folder / "maps", "1487").build()


@pytest.fixture
def empty_data(tmp_path: Path) -> Path:
    """Give a data folder with the catalogue and nothing else."""
    folder = tmp_path / "data"
    shutil.copytree(EMBEDDED / "catalogue", folder / "catalogue")
    return folder


def _bundled(folder: Path, write: Callable[[Path], made_up.InputFolder]) -> Path:
    data = folder / "data"
    shutil.copytree(EMBEDDED / "catalogue", data / "catalogue")
    bundle(write(folder / "input").path, made_up.CODE, data, say_nothing)
    return data


@pytest.fixture(scope="session")
def everything_bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a made-up data folder with every kind of file, for reading."""
    return _bundled(tmp_path_factory.mktemp("everything"), made_up.everything)


@pytest.fixture(scope="session")
def only_scb(tmp_path_factory: pytest.TempPathFactory) -> City:
    """Give a made-up city of which there are only SCB's files for the DeSO."""
    return City.beside(_bundled(tmp_path_factory.mktemp("only_scb"), made_up.InputFolder)).build()


@pytest.fixture(scope="session")
def made_up_city(everything_bundled: Path) -> City:
    """Give the warehouse of a made-up data folder with every kind of file, for reading."""
    return City.beside(everything_bundled).build()


@pytest.fixture(scope="session")
def recut_city(everything_bundled: Path, tmp_path_factory: pytest.TempPathFactory) -> City:
    """Give the warehouse of a made-up city with figures of the division before 2025 and a crosswalk, for reading."""
    data = tmp_path_factory.mktemp("recut") / "data"
    shutil.copytree(everything_bundled, data)
    made_up_recut.add_old_division(data)
    return City.beside(data).build()


@pytest.fixture
def built_city(made_up_city: City, tmp_path: Path) -> City:
    """Give a made-up city with its warehouse that a test may change."""
    found = City.beside(tmp_path / "data")
    for old, new in ((made_up_city.data, found.data), (made_up_city.maps, found.maps)):
        shutil.copytree(old, new)
    found.warehouse.parent.mkdir()
    shutil.copy2(made_up_city.warehouse, found.warehouse)
    return found


@pytest.fixture
def city(everything_bundled: Path, tmp_path: Path) -> City:
    """Give a made-up city that a test may change, not built yet."""
    shutil.copytree(everything_bundled, tmp_path / "data")
    return City.beside(tmp_path / "data")


@pytest.fixture
def input_folder(tmp_path: Path) -> made_up.InputFolder:
    """Give a made-up input folder with SCB's files for the DeSO, for a test to change."""
    return made_up.InputFolder(tmp_path / "input")
