"""Where to go in person: what is published for this municipality, no other; a file with faults is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.catalogue import Text
from dashboard.register.contact import FILE, read_contact
from dashboard.register.errors import RegisterFileError
from dashboard.register.seeds import Known, check_seeds

GOOD = """municipality: '9999'
contact:
  sv: Luckan, Påhittade gatan 1
  en: The Hatch, Made-up Street 1
source: Påhittad
"""


def test_the_contact_of_this_municipality_is_read_and_that_of_another_is_not(tmp_path: Path) -> None:
    assert read_contact(tmp_path, "9999") is None
    (tmp_path / FILE).write_text(GOOD, "utf-8")
    assert read_contact(tmp_path, "9999") == Text("Luckan, Påhittade gatan 1", "The Hatch, Made-up Street 1")
    assert read_contact(tmp_path, "1488") is None


def test_the_bundled_contact_is_the_published_one(embedded: Path) -> None:
    found = read_contact(embedded / "register", "1488")
    assert found is not None
    assert found.in_("sv") == "Kontaktcenter, Gärdhemsvägen 9, måndag–fredag 8.00–16.30"


@pytest.mark.parametrize(
    "fault",
    [
        "[",
        "just a text",
        GOOD.replace("source: Påhittad\n", ""),
        GOOD + "phone: 'x'\n",
        GOOD.replace("  en: The Hatch, Made-up Street 1\n", ""),
        GOOD.replace("Påhittad\n", "' '\n"),
        GOOD.replace("'9999'", "9999"),
    ],
)
def test_a_file_with_faults_is_refused_by_the_build(tmp_path: Path, fault: str) -> None:
    (tmp_path / FILE).write_text(fault, "utf-8")
    with pytest.raises(RegisterFileError, match=r"contact\.yaml"):
        check_seeds(tmp_path, Known(frozenset(), frozenset()))
