"""Where residents can say something in person: what a municipality has published, in `data/register/contact.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from dashboard.catalogue import Text
from dashboard.register.errors import RegisterFileError
from dashboard.register.yaml_reading import read_yaml

FILE = "contact.yaml"
_PARTS = frozenset({"municipality", "contact", "source"})


def read_contact(folder: Path, municipality: str | None = None) -> Text | None:
    """Read where somebody can say something in person.

    Parameters
    ----------
    folder
        ``data/register``.
    municipality
        The code of the municipality that is asked for; by default that of the file.

    Returns
    -------
    Name, address and hours in both languages; None without a file, or when it is another municipality's.

    Raises
    ------
    RegisterFileError
        When the file cannot be read, or leaves out the municipality, a language or the source.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        content = read_yaml(path.read_bytes(), FILE)
    except OSError as error:
        raise RegisterFileError(f"{FILE} cannot be read: {error}.") from error
    if not isinstance(content, Mapping) or set(content) != _PARTS:
        raise RegisterFileError(f"{FILE}: write municipality, contact and source, and nothing else.")
    said = content["contact"]
    if not isinstance(said, Mapping) or set(said) != {"sv", "en"}:
        raise RegisterFileError(f"{FILE}: write contact in Swedish and in English, as “sv: …” and “en: …”.")
    texts = (content["municipality"], content["source"], said["sv"], said["en"])
    if not all(isinstance(text, str) and text.strip() for text in texts):
        raise RegisterFileError(f"{FILE}: one of the texts is empty or no text; put it in quotation marks.")
    if municipality is not None and content["municipality"] != municipality:
        return None
    return Text(said["sv"].strip(), said["en"].strip())
