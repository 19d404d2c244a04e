"""The description of the fields says what the list of fields says; `python tests/test_use_document.py` writes it."""

import re
from pathlib import Path

import pytest

from dashboard.sources.use_fields import KINDS, Field, Kind

DOCUMENT = Path(__file__).parents[1] / "docs" / "use_and_experience.md"
PART = "<!-- fields of {} -->\n{}<!-- end -->"


def described(field: Field) -> str:
    """Give what may stand in a field, in words."""
    codes = ", ".join(f"`{code}`" for code in field.codes)
    return {
        "id": "an id of its own",
        "place": "id of the place",
        "date": "`2026-06-01`",
        "time": "`09:30`",
        "code": f"one of {codes}",
        "codes": f"any of {codes}, with spaces between",
        "number": f"a {'whole ' if field.whole else ''}number from {field.low:g} to {field.high:g}",
        "spot": "a code such as `B2`, or latitude and longitude as `58.27070 12.30800`, within 500 m of the place",
    }[field.type]


def table(kind: Kind) -> str:
    lines = [
        f"| `{field.name}` | {described(field)} | {'must be given' if field.required else 'may be empty'} |\n"
        for field in kind.fields
    ]
    return "".join(["\n| Column | What stands in it | |\n|---|---|---|\n", *lines, "\n"])


@pytest.mark.parametrize("name", KINDS)
def test_the_document_describes_every_field(name):
    assert PART.format(name, table(KINDS[name])) in DOCUMENT.read_text("utf-8")


def test_the_document_names_the_commands_and_the_setting():
    text = DOCUMENT.read_text("utf-8")
    assert "DASHBOARD_OBSERVER_CODE" in text
    assert "dashboard use import" in text


if __name__ == "__main__":
    content = DOCUMENT.read_text("utf-8")
    for one in KINDS.values():
        pattern = re.compile(PART.format(one.name, ".*?"), re.DOTALL)
        content = pattern.sub(PART.format(one.name, table(one)).replace("\\", r"\\"), content)
    DOCUMENT.write_text(content, "utf-8")
