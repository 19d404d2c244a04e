"""The settings: one typed object, read from the environment and one file.

Order of precedence: environment variables ``DASHBOARD_…``, then ``dashboard.toml`` (or the file that
``DASHBOARD_SETTINGS_FILE`` names), then the defaults below. Every setting is described in ``docs/settings.md``.
"""

from __future__ import annotations

import os
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)
from pydantic_settings.exceptions import SettingsError as SourceError

from dashboard.access import Role
from dashboard.setting_checks import (
    EMail,
    GeonamesNumber,
    OrganisationNumber,
    Picture,
    PublisherType,
    ReadableColour,
    ServiceAddress,
    VersionedAddress,
    WebAddress,
    WebSites,
    is_this_machine,
    keeps_secrets,
)

__all__ = [
    "PROJECT_FOLDER",
    "REDIRECT_PATH",
    "SIGN_IN_PARTS",
    "Settings",
    "SettingsError",
    "current_settings",
    "is_this_machine",
    "read_settings",
    "settings_file",
]

PROJECT_FOLDER = Path(__file__).resolve().parents[2]


class SettingsError(Exception):
    """A setting has a value that the dashboard cannot use."""


#: What the provider of sign-in gives to an operator, and the secret that signs cookies: all of these or none.
SIGN_IN_PARTS = ("sign_in_metadata_url", "sign_in_client_id", "sign_in_client_secret", "sign_in_cookie_secret")
REDIRECT_PATH = "/oauth2callback"


class Settings(BaseSettings):
    """What an operator can set; see ``docs/settings.md`` for each line in words."""

    # What was given never stands in an error: it may be a secret.
    model_config = SettingsConfigDict(env_prefix="DASHBOARD_", extra="forbid", frozen=True, hide_input_in_errors=True)

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
    # The address may hold a password.
    database_url: str = Field(
        f"sqlite:///{PROJECT_FOLDER / 'var' / 'register' / 'register.sqlite3'}",
        repr=False,
        description="The database that keeps the register.",
    )
    sign_in_metadata_url: str | None = Field(
        None, description="Where the provider of sign-in describes itself, as OpenID Connect has it."
    )
    sign_in_client_id: str | None = Field(None, description="What the provider of sign-in calls this dashboard.")
    sign_in_client_secret: str | None = Field(
        None, repr=False, description="The secret by which the provider of sign-in knows this dashboard."
    )
    sign_in_cookie_secret: str | None = Field(
        None, min_length=32, repr=False, description="The secret that signs the cookies of people who have signed in."
    )
    sign_in_groups_claim: str = Field(
        "groups", min_length=1, description="The claim that holds a person's groups or roles at the provider."
    )
    sign_in_roles: dict[Role, tuple[str, ...]] = Field({}, description="Which groups have which role.")
    sign_in_people: dict[Role, tuple[str, ...]] = Field({}, description="Which people have which role.")
    sign_in_emails_vouched: bool = Field(
        False,
        description="Whether the provider gives people their e-mail addresses itself.",
    )
    sign_in_hours: int = Field(10, ge=1, le=72, description="Hours after signing in until somebody is a reader again.")
    local_editor: bool = Field(
        False, description="Whether whoever sits at this machine may edit everything without signing in."
    )
    contribution_months: int = Field(
        24, ge=1, le=120, description="Months that a contribution is kept before it is deleted."
    )
    contributions_per_hour: int = Field(
        5, ge=1, le=1000, description="The most contributions that one visitor may hand in within an hour."
    )

    deck_accent: ReadableColour | None = Field(
        None, description="Colour of bars, lines and large numbers in PowerPoint files, as #rrggbb."
    )
    deck_logo: Picture | None = Field(None, description="A picture that PowerPoint files have on every slide.")
    decks_folder: Path = Field(
        PROJECT_FOLDER / "var" / "decks", description="Where presentations that visitors put together are saved."
    )
    embed_origins: WebSites = Field((), description="The web sites that may show a figure of the dashboard in a frame.")
    updates_folder: Path = Field(
        PROJECT_FOLDER / "var" / "updates",
        description="Where answers of the publishers' services are kept, and reports of updates written.",
    )
    scb_url: VersionedAddress = Field(
        "https://api.scb.se/OV0104/v2beta/api/v2",
        description="Where Statistics Sweden's PxWebApi is, down to and including the version.",
    )
    scb_geo_url: ServiceAddress = Field(
        "https://geodata.scb.se/geoserver/stat/wfs",
        description="Where Statistics Sweden's geodata service (WFS) is.",
    )
    kolada_url: VersionedAddress = Field(
        "https://api.kolada.se/v3", description="Where Kolada's API is, down to and including the version."
    )
    skolverket_url: ServiceAddress = Field(
        "https://api.skolverket.se", description="Where the services of the National Agency for Education are."
    )
    overpass_url: ServiceAddress = Field(
        "https://overpass-api.de/api/interpreter",
        description="Where an Overpass service for OpenStreetMap is.",
    )
    publisher_name: str | None = Field(
        None, min_length=1, description="Who publishes the dashboard's own data sets, as their catalogue names it."
    )
    publisher_number: OrganisationNumber | None = Field(None, description="The publisher's organisation number.")
    publisher_type: PublisherType = Field("LocalAuthority", description="What kind of organisation the publisher is.")
    publisher_url: WebAddress | None = Field(None, description="The publisher's web site.")
    contact_address: EMail | None = Field(
        None, description="E-mail address of the function that answers questions about the data sets."
    )
    catalogue_issued: date | None = Field(None, description="Day on which the data sets were first published.")
    geonames: GeonamesNumber | None = Field(None, description="The number that the municipality has at GeoNames.")

    @property
    def has_sign_in(self) -> bool:
        """Whether people can sign in."""
        return all(getattr(self, name) for name in SIGN_IN_PARTS)

    @property
    def publishes_data(self) -> bool:
        """Whether it is known where the data sets can be had, and who publishes them."""
        return bool(self.public_url and self.publisher_name)

    @property
    def redirect_uri(self) -> str:
        """Where the provider of sign-in sends people back to."""
        return f"{(self.public_url or '').rstrip('/')}{REDIRECT_PATH}"

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

    @field_validator("sign_in_metadata_url")
    @classmethod
    def _encrypted(cls, value: str | None) -> str | None:
        if value is not None and not keeps_secrets(value):
            raise ValueError("sign-in needs an address that begins with https://")
        return value

    @field_validator("sign_in_roles", "sign_in_people")
    @classmethod
    def _named(cls, value: dict[Role, tuple[str, ...]]) -> dict[Role, tuple[str, ...]]:
        if any(not name.strip() for names in value.values() for name in names):
            raise ValueError("a group or a person without a name cannot have a role")
        return value

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        """Refuse settings that are usable one by one, and not together."""
        missing = [name for name in SIGN_IN_PARTS if not getattr(self, name)]
        given = len(SIGN_IN_PARTS) - len(missing)
        if given and missing:
            raise ValueError(f"sign-in is set up by half: {', '.join(missing)} is missing")
        if given and self.local_editor:
            raise ValueError("local_editor is for a machine without sign-in: leave out the one or the other")
        if given and not (self.sign_in_roles or self.sign_in_people):
            raise ValueError("sign-in gives nobody a role: fill in sign_in_roles or sign_in_people")
        public = urlsplit(self.public_url or "")
        if given and not (keeps_secrets(self.public_url or "") and public.path in ("", "/")):
            raise ValueError("sign-in needs a public_url that begins with https:// and has no path")
        if self.local_editor and self.public_url and not is_this_machine(public.hostname):
            raise ValueError("local_editor is for one person at this machine, and public_url invites others")
        return self

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
        raise SettingsError(_sentence(error)) from error
    except SourceError as error:
        # What cannot be taken apart: lists and tables, which the environment writes as JSON.
        name = str(error).split('"')[1]
        raise SettingsError(
            f"The setting {name} cannot be used: it is not valid JSON."
            f" Correct DASHBOARD_{name.upper()} or the settings file."
        ) from error
    except ValueError as error:
        raise SettingsError(f"The settings file {settings_file()} cannot be read: {error}.") from error


def _sentence(error: ValidationError) -> str:
    """Give the first fault as a sentence that names the setting, and never what was given."""
    first = error.errors(include_input=False)[0]
    why = first["msg"].removeprefix("Value error, ")
    if not first["loc"]:
        return f"The settings do not fit together: {why}. Correct the environment or the settings file."
    name = str(first["loc"][0])
    inner = ".".join(str(part) for part in first["loc"][1:] if part != "[key]")
    told = f"{name} ({inner})" if inner else name
    return f"The setting {told} cannot be used: {why}. Correct DASHBOARD_{name.upper()} or the settings file."


@lru_cache(maxsize=1)
def current_settings() -> Settings:
    """Give the settings of this process, read once."""
    return read_settings()
