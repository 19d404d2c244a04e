import re
import tomllib
from pathlib import Path

import pytest

from dashboard.colours import contrast, text_on
from dashboard.views.stylesheet import stylesheet
from dashboard.views.theme import DARK, LIGHT, Theme, theme_for

ROOT = Path(__file__).parents[2]
both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.kind)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@both
@pytest.mark.parametrize("text", ["ink", "muted", "link"])
@pytest.mark.parametrize("ground", ["background", "surface", "notice", "track"])
def test_text_is_readable_on_every_ground(theme: Theme, text: str, ground: str) -> None:
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@both
def test_the_accent_carries_text_and_stands_out(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= 4.5
    assert contrast(theme.accent, theme.background) >= 4.5
    assert contrast(theme.peer, theme.background) >= 3


@both
@pytest.mark.parametrize("ground", ["background", "surface", "notice"])
def test_edges_of_fields_and_buttons_stand_out(theme: Theme, ground: str) -> None:
    """WCAG 2.1, 1.4.11: at least 3 to 1."""
    assert contrast(theme.control, getattr(theme, ground)) >= 3


@both
def test_boundary_stands_out_against_every_class(theme: Theme) -> None:
    fills = {*theme.sequential, *theme.diverging, theme.missing, theme.surface}
    faint = [f for f in fills if max(contrast(theme.border, f), contrast(theme.casing, f)) < 3]
    assert faint == []
    assert contrast(theme.border, theme.casing) >= 3


@both
def test_sequential_steps_can_be_told_apart_without_colour(theme: Theme) -> None:
    from_ground = [contrast(color, theme.background) for color in theme.sequential]
    assert from_ground == sorted(from_ground)
    steps = zip(theme.sequential, theme.sequential[1:], strict=False)
    assert all(contrast(one, other) >= 1.25 for one, other in steps)


@both
def test_lines_stand_out_from_the_ground_and_from_their_casing(theme: Theme) -> None:
    lines = (*theme.walks, theme.unreached, theme.water, theme.railway, theme.road, theme.detour)
    grounds = (theme.surface, theme.background)
    assert [line for line in lines if min(contrast(line, ground) for ground in grounds) < 3] == []


@both
def test_near_and_far_can_be_told_apart_without_colour(theme: Theme) -> None:
    from_ground = [contrast(color, theme.surface) for color in theme.walks]
    assert from_ground == sorted(from_ground, reverse=True)
    steps = zip(theme.walks, theme.walks[1:], strict=False)
    assert all(contrast(one, other) >= 1.3 for one, other in steps)


@both
def test_poles_weigh_the_same(theme: Theme) -> None:
    """Both ends stand out from the middle by far; neither is drawn as an alarm."""
    low, *_, high = theme.diverging
    middle = theme.diverging[2]
    assert contrast(low, middle) >= 2.5
    assert contrast(high, middle) >= 2.5


@both
def test_text_in_a_coloured_bar_is_readable(theme: Theme) -> None:
    for fill in theme.categories:
        assert contrast(text_on(fill), fill) >= 4.5


@both
def test_the_parts_of_a_bar_of_tenures_can_be_told_apart_without_colour(theme: Theme) -> None:
    """The three parts lie side by side in this order; a narrow one has no words in it."""
    rented, tenant_owned, owner_occupied = (theme.categories[i] for i in (4, 0, 1))
    assert contrast(rented, tenant_owned) >= 2
    assert contrast(tenant_owned, owner_occupied) >= 2
    assert contrast(tenant_owned, theme.background) >= 3


@both
def test_every_colour_is_written_out(theme: Theme) -> None:
    for name in ("ink", "muted", "background", "surface", "line", "control", "accent", "border", "casing", "peer"):
        assert re.fullmatch(r"#[0-9a-f]{6}", getattr(theme, name)), name


def test_theme_for() -> None:
    assert theme_for("dark") is DARK
    assert theme_for("light") is LIGHT
    assert theme_for(None) is LIGHT


@both
def test_streamlit_gets_the_same_colours(theme: Theme) -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"][theme.kind]
    named = (
        "primaryColor",
        "backgroundColor",
        "secondaryBackgroundColor",
        "textColor",
        "linkColor",
        "borderColor",
    )
    expected = (theme.accent, theme.background, theme.surface, theme.ink, theme.link, theme.control)
    assert tuple(config[name] for name in named) == expected
    assert config["grayTextColor"] == theme.muted
    assert config["sidebar"]["backgroundColor"] == theme.surface


@both
def test_stylesheet_defines_each_variable_it_uses(theme: Theme) -> None:
    sheet = stylesheet(theme)
    assert sheet.startswith("<style>")
    assert sheet.endswith("</style>")
    assert set(re.findall(r"var\((--[\w-]+)\)", sheet)) <= set(re.findall(r"(--[\w-]+):", sheet))
    assert sheet.count("{") == sheet.count("}")
    assert f"--hs-ink:{theme.ink};" in sheet


def test_nothing_is_fetched_from_elsewhere() -> None:
    config = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    for text in (config, stylesheet(LIGHT)):
        assert "http" not in text
        assert "@import" not in text
    for face in tomllib.loads(config)["theme"]["fontFaces"]:
        file = ROOT / face["url"].removeprefix("app/")
        assert file.read_bytes()[:4] == b"wOF2"
    assert "SIL OPEN FONT LICENSE" in (ROOT / "static" / "fonts" / "OFL.txt").read_text(encoding="utf-8")
    assert (ROOT / "static" / "favicon.png").read_bytes()[1:4] == b"PNG"


def test_streamlit_knows_every_setting() -> None:
    from streamlit import config as streamlit_config

    known = streamlit_config.get_config_options()
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    names = []
    for section, values in settings.items():
        for key, value in values.items():
            inner = value if isinstance(value, dict) else {}
            deeper = [f"{section}.{key}.{k}" for k, v in inner.items() if not isinstance(v, dict)]
            deepest = [f"{section}.{key}.{k}.{n}" for k, v in inner.items() if isinstance(v, dict) for n in v]
            names += deeper + deepest if inner else [f"{section}.{key}"]
    assert [name for name in names if name not in known] == []
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["enableXsrfProtection"] is True
    assert settings["client"]["showErrorDetails"] == "none"
