"""What single settings have to be like: kinds of values, each with the sentence that a wrong one ends in."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator

from dashboard.colours import contrast

WHITE, LEAST_CONTRAST = "#ffffff", 4.5
#: Scheme, name in ASCII and perhaps a port; it stands in a header, where anything else would say more.
ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?", re.IGNORECASE | re.ASCII)
#: What files of PNG and of JPEG begin with.
PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
#: An address that can stand behind `mailto:` as it is.
E_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)
#: What a web address must not hold, because it stands between angle brackets in a catalogue of data.
NOT_IN_AN_ADDRESS = re.compile(r"[\s<>\"{}|\\^`\x00-\x20]")


def is_this_machine(host: str | None) -> bool:
    """Tell whether a host's name or address is that of the machine itself, and of no network."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def keeps_secrets(url: str) -> bool:
    """Tell whether nobody on the way can read what is sent to an address: it is encrypted, or never leaves here."""
    parts = urlsplit(url)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and is_this_machine(parts.hostname))
    )


def _service(value: str) -> str:
    if not keeps_secrets(value) or urlsplit(value).query:
        raise ValueError("the address of a service begins with https:// and has no question mark")
    return value.rstrip("/")


def _versioned(value: str) -> str:
    address = value.rstrip("/")
    if not (keeps_secrets(address) and re.search(r"/v[0-9]+$", urlsplit(address).path)):
        raise ValueError("the address of a service begins with https:// and ends with its version, such as /api/v2")
    return address


def _readable_colour(value: str) -> str:
    if not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise ValueError("a colour is written as #rrggbb, for example #0b5c8a")
    if contrast(value, WHITE) < LEAST_CONTRAST:
        raise ValueError(f"the colour is too light to be read on white: its contrast is below {LEAST_CONTRAST}")
    return value


def _picture(value: Path) -> Path:
    if not (value.is_file() and value.read_bytes()[:8].startswith(PICTURES)):
        raise ValueError("a logo is a PNG or JPEG file that the dashboard can read")
    return value


def _web_sites(value: tuple[str, ...]) -> tuple[str, ...]:
    origins = tuple(one.removesuffix("/") for one in value)
    if not all(ORIGIN.fullmatch(one) and keeps_secrets(one) for one in origins):
        raise ValueError("a web site is https:// and its name without a path, for example https://www.example.org")
    return origins


def _organisation_number(value: str) -> str:
    number = value.replace("-", "")
    if not (number.isascii() and number.isdecimal() and len(number) == 10 and number[2] >= "2"):
        raise ValueError("an organisation number has ten digits, the third of them 2 or more, and is no person's")
    return number


def _e_mail(value: str) -> str:
    if not E_MAIL.fullmatch(value):
        raise ValueError("it is an e-mail address, for example oppnadata@example.org")
    return value


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or NOT_IN_AN_ADDRESS.search(value):
        raise ValueError("it is a whole web address, for example https://www.example.org/")
    return value


def _geonames(value: str) -> str:
    if not (value.isascii() and value.isdecimal()):
        raise ValueError("a place of GeoNames is named by its number, the digits in its address")
    return value


ServiceAddress = Annotated[str, AfterValidator(_service)]
VersionedAddress = Annotated[str, AfterValidator(_versioned)]
ReadableColour = Annotated[str, AfterValidator(_readable_colour)]
Picture = Annotated[Path, AfterValidator(_picture)]
WebSites = Annotated[tuple[str, ...], AfterValidator(_web_sites)]
OrganisationNumber = Annotated[str, AfterValidator(_organisation_number)]
EMail = Annotated[str, AfterValidator(_e_mail)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
GeonamesNumber = Annotated[str, AfterValidator(_geonames)]
#: The kinds of publishers that the catalogues of data of the European Union know (ADMS), people left out.
PublisherType = Literal[
    "LocalAuthority",
    "RegionalAuthority",
    "NationalAuthority",
    "Academia-ScientificOrganisation",
    "NonGovernmentalOrganisation",
    "NonProfitOrganisation",
    "Company",
]
