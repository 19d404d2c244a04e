"""The settings: one typed object, read from the environment and one file.

Order of precedence: environment variables ``DASHBOARD_…``, then ``dashboard.toml`` (or the file that
``DASHBOARD_SETTINGS_FILE`` names), then the defaults below. Every setting is described in ``docs/settings.md``.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PROJECT_FOLDER = Path(__file__).resolve().parents[2]


class SettingsError(Exception):
    """A setting has a value that the dashboard cannot use."""


class Settings(BaseSettings):
    """What an operator can set; see ``docs/settings.md`` for each line in words."""

    model_config = SettingsConfigDict(env_prefix="DASHBOARD_", extra="forbid", frozen=True)

    municipality: str | None = Field(
        None, description="Four-digit municipality code of the city that the dashboard is about."
    )
    data_folder: Path = Field(
        PROJECT_FOLDER / "data",
        description="The folder with catalogue, observations, areas, places and register.",
    )
    warehouse_file: Path = Field(
        PROJECT_FOLDER / "build" / "warehouse.duckdb",
        description="The DuckDB file that is built from the data folder.",
    )
    maps_folder: Path = Field(
        PROJECT_FOLDER / "static" / "maps",
        description="Where the build writes the simplified boundaries for the screen.",
    )
    locales_folder: Path = Field(PROJECT_FOLDER / "locales", description="The text catalogues, one folder a language.")
    default_language: str = Field("sv", description="Language of a visitor whose link does not name one: sv or en.")
    memory_limit: str = Field("256MB", description="The most memory that DuckDB may take.")
    port: int = Field(8501, ge=1, le=65535, description="Port that `dashboard run` listens on.")
    address: str = Field("127.0.0.1", description="Address that `dashboard run` listens on.")
    fault_report_address: str | None = Field(
        None, description="E-mail or web address where visitors report accessibility faults."
    )
    public_url: str | None = Field(
        None, description="The address that visitors use, written in front of the links that restore a view."
    )
    # Never shown in a log or an error: a text that names all settings leaves it out.
    observer_code: str | None = Field(
        None,
        min_length=8,
        repr=False,
        description="The code with which observers save what they note at a place into the data folder.",
    )

    @field_validator("municipality")
    @classmethod
    def _four_digits(cls, value: str | None) -> str | None:
        if value is not None and not (len(value) == 4 and value.isdecimal()):
            raise ValueError("a municipality code has four digits, for example 1488")
        return value

    @field_validator("default_language")
    @classmethod
    def _known_language(cls, value: str) -> str:
        if value not in ("sv", "en"):
            raise ValueError("the language is sv or en")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments first, then the environment, then the settings file."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, settings_file())


def settings_file() -> Path:
    """Give the path of the settings file; it need not exist."""
    return Path(os.environ.get("DASHBOARD_SETTINGS_FILE", PROJECT_FOLDER / "dashboard.toml"))


def read_settings(**overrides: object) -> Settings:
    """Read all settings.

    Parameters
    ----------
    **overrides
        Values that win over the environment and the file; ``None`` means "not given".

    Raises
    ------
    SettingsError
        When a value cannot be used or the settings file cannot be read; the message names the setting.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    named = os.environ.get("DASHBOARD_SETTINGS_FILE")
    if named and not Path(named).is_file():
        raise SettingsError(f"The settings file {named} does not exist: correct DASHBOARD_SETTINGS_FILE.")
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(
            f"The setting {name} cannot be used: {first['msg'].removeprefix('Value error, ')}."
            f" Correct DASHBOARD_{name.upper()} or the settings file."
        ) from error
    except ValueError as error:
        raise SettingsError(f"The settings file {settings_file()} cannot be read: {error}.") from error


@lru_cache(maxsize=1)
def current_settings() -> Settings:
    """Give the settings of this process, read once."""
    return read_settings()
