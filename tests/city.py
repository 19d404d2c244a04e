"""A city under test: its data folder, its warehouse, and this process pointed at it for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from dashboard.settings import Settings, current_settings
from dashboard.views import context, register_access
from dashboard.warehouse.build import build


def say_nothing(line: str) -> None:
    """Take a line for the operator and drop it."""


def forget_settings() -> None:
    """Forget the settings, which a process reads once."""
    current_settings.cache_clear()


def forget_city() -> None:
    """Forget the open warehouse, all that was worked out from it, and when the data were last looked at."""
    for remembered in (context.keeper, context.freshness_watch):
        remembered.cache_clear()
    register_access.forget()


@dataclass(frozen=True)
class City:
    """A data folder, and where its warehouse and its maps are."""

    data: Path
    warehouse: Path
    maps: Path
    municipality: str | None = None
    last_used: ClassVar[Path | None] = None

    @classmethod
    def beside(cls, data: Path, municipality: str | None = None) -> City:
        """Give a city whose warehouse and maps lie beside its data folder."""
        return cls(data, data.parent / "build" / "warehouse.duckdb", data.parent / "maps", municipality)

    def database_url(self) -> str:
        """Give the address of the city's own register, which tests may change."""
        return f"sqlite:///{self.warehouse.parent / 'register.sqlite3'}"

    def environment(self) -> dict[str, str]:
        """Give the variables that point the dashboard here."""
        found = {
            "DASHBOARD_DATA_FOLDER": str(self.data),
            "DASHBOARD_WAREHOUSE_FILE": str(self.warehouse),
            "DASHBOARD_MAPS_FOLDER": str(self.maps),
            "DASHBOARD_DATABASE_URL": self.database_url(),
            "DASHBOARD_DECKS_FOLDER": str(self.warehouse.parent / "decks"),
        }
        return found | ({"DASHBOARD_MUNICIPALITY": self.municipality} if self.municipality else {})

    def settings(self) -> Settings:
        """Give the settings that point here."""
        return Settings(
            data_folder=self.data,
            warehouse_file=self.warehouse,
            maps_folder=self.maps,
            municipality=self.municipality,
        )

    def build(self) -> City:
        """Build the warehouse."""
        build(self.settings(), say_nothing)
        return self

    @contextmanager
    def in_use(self) -> Iterator[City]:
        """Point this process here for a while."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self.environment().items():
                patch.setenv(name, value)
            forget_settings()
            # What was worked out for a city stays, because working it out takes longer than most tests.
            if City.last_used != self.warehouse:
                forget_city()
            City.last_used = self.warehouse
            yield self
        forget_settings()
