"""A drawing keeps its shapes and words, and loses whatever could run, style the page or ask somebody for something."""

import pytest

from dashboard.exports.safe_svg import SvgError, cleaned

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(inner: str, **given: str) -> str:
    more = "".join(f' {name}="{value}"' for name, value in given.items())
    return f'<svg {NAMESPACE} viewBox="0 0 10 20" width="10" class="marks"{more}>{inner}</svg>'


def test_shapes_and_words_stay_and_numbers_are_short():
    svg = drawing(
        '<g transform="translate(2.123456,3)"><path d="M1.23456,2h3" fill="#0b5c8a" stroke-width="2px"/>'
        '<text font-size="15px" font-family="Anything" text-anchor="middle">1 &lt; 2 &amp; å</text></g>'
    )
    assert cleaned(svg) == (
        '<svg viewBox="0 0 10 20"><g transform="translate(2.12,3)"><path d="M1.23,2h3" fill="#0b5c8a"'
        ' stroke-width="2"/><text font-size="15" text-anchor="middle">1 &lt; 2 &amp; å</text></g></svg>'
    )


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<image href="https://example.org/x.png"/>',
        '<image xlink:href="data:image/png;base64,AA"/>',
        '<use href="#a"/>',
        "<style>@import url(https://example.org/x.css);</style>",
        "<foreignObject><p>x</p></foreignObject>",
        '<a href="javascript:alert(1)"><path d="M0,0"/></a>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    ],
)
def test_what_is_no_shape_is_left_out(hostile):
    assert cleaned(drawing(f'{hostile}<path d="M0,0h1"/>')) == '<svg viewBox="0 0 10 20"><path d="M0,0h1"/></svg>'


@pytest.mark.parametrize(
    "hostile",
    [
        'onload="alert(1)"',
        'style="background:url(https://example.org/)"',
        'fill="url(https://example.org/x.svg#a)"',
        'fill="URL(//example.org/x)"',
        'clip-path="url(#not-there)"',
        'd="M0,0" class="hs-alert"',
        'href="https://example.org"',
        'transform="url(x)"',
        'stroke-width="expression(alert(1)); x"',
        'fill="image(https:x)"',
    ],
)
def test_what_leads_out_or_runs_is_no_attribute(hostile):
    found = cleaned(drawing(f"<rect {hostile}/>"))
    assert not any(sign in found for sign in ("example", "alert", "style", "class", "url", "image", "href", "onload"))


def test_parts_that_are_referred_to_get_names_of_our_own():
    svg = drawing(
        '<defs><clipPath id="hs-map &quot;x"><rect width="5" height="5"/></clipPath><clipPath id="b"/></defs>'
        '<g clip-path="url(#b)"><path d="M0,0"/></g>'
    )
    found = cleaned(svg)
    assert 'id="part-1"' in found
    assert 'clip-path="url(#part-2)"' in found
    assert "hs-map" not in found


@pytest.mark.parametrize(
    "broken",
    [
        "",
        "no drawing",
        "<svg><g></svg>",
        "<html><svg/></html>",
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg><text>&b;</text></svg>',
        "<svg><text><![CDATA[<script>]]></text></svg>",
        '<svg><?xml-stylesheet href="https://example.org/"?></svg>',
        "<svg>\x00</svg>",
        "<svg><text>\ud800</text></svg>",
    ],
)
def test_what_is_no_drawing_is_refused(broken):
    with pytest.raises(SvgError):
        cleaned(broken)


def test_what_is_clean_stays_as_it_is():
    once = cleaned(
        drawing('<defs><clipPath id="a"><path d="M0,0"/></clipPath></defs><g clip-path="url(#a)"><text>x</text></g>')
    )
    assert cleaned(once) == once
