"""An empty PowerPoint file in 16:9 with two layouts: a cover, and a message with what is shown beside it."""

from __future__ import annotations

from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as REL
from pptx.opc.oxml import serialize_part_xml
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import BaseOxmlElement
from pptx.presentation import Presentation as PresentationFile
from pptx.slide import SlideLayout, SlideMaster
from pptx.util import Emu

from dashboard.exports.deck_style import (
    COVER_LOGO,
    COVER_TEXT,
    COVER_TITLE,
    LEAD,
    LOGO,
    NUMBER,
    SLIDE,
    SOURCE,
    TITLE,
    Box,
    DeckStyle,
    DeckWords,
)
from dashboard.exports.deck_text import tag, written

COVER, MESSAGE = 0, 1
#: Which of the library's layouts the two are made from.
_MADE_FROM = (0, 5)
_BAND = Box(0, 0, SLIDE.width, 0.14)
_COVER_BAND = Box(0, 0, 0.5, SLIDE.height)
_COLOURS = ("dk1", "lt1", "dk2", "lt2", "accent1", "accent2", "accent3", "accent4", "accent5", "accent6")


def empty_deck(style: DeckStyle, words: DeckWords, language: str, municipality: str) -> PresentationFile:
    """Give a file without slides, in the colours and the font of a style.

    Its theme has the colours too: whoever changes the theme in PowerPoint changes bars, lines and numbers with it.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(SLIDE.emu[2]), Emu(SLIDE.emu[3])
    # The template says that it is 4:3.
    deck.part._element.find(qn("p:sldSz")).attrib.pop("type", None)
    for number, layout in reversed(list(enumerate(deck.slide_layouts))):
        if number not in _MADE_FROM:
            deck.slide_layouts.remove(layout)
    _forget_what_the_template_says(deck)
    [master] = deck.slide_masters
    _colour(master, style)
    _lay_out_master(master, words, language)
    _lay_out_cover(deck.slide_layouts[COVER], words, language)
    _lay_out_message(deck.slide_layouts[MESSAGE], words, language)
    if style.logo:
        _add_logo(deck.slide_layouts[COVER], style, municipality, COVER_LOGO)
        _add_logo(deck.slide_layouts[MESSAGE], style, municipality, LOGO)
    return deck


def _forget_what_the_template_says(deck: PresentationFile) -> None:
    """Drop its thumbnail, its printer, and what it says of the program and the number of slides."""
    package = deck.part.package
    for part in (package, deck.part):
        for key, one in list(part._rels.items()):
            if one.reltype in (REL.THUMBNAIL, REL.PRINTER_SETTINGS, REL.EXTENDED_PROPERTIES):
                part._rels.pop(key)


def _colour(master: SlideMaster, style: DeckStyle) -> None:
    theme = master.part.part_related_by(REL.THEME)
    root = parse_xml(theme.blob)
    root.set("name", style.font)
    scheme = root.find(f".//{qn('a:clrScheme')}")
    given = (style.ink, style.background, style.muted, style.surface, style.accent, *style.others)
    for name, colour in zip(_COLOURS, given, strict=False):
        _set_colour(scheme.find(qn(f"a:{name}")), colour)
    for name in ("hlink", "folHlink"):
        _set_colour(scheme.find(qn(f"a:{name}")), style.link)
    for latin in root.iterfind(f".//{qn('a:fontScheme')}/*/{qn('a:latin')}"):
        latin.set("typeface", style.font)
    theme._blob = serialize_part_xml(root)


def _set_colour(element: BaseOxmlElement, colour: str) -> None:
    for child in list(element):
        element.remove(child)
    element.append(parse_xml(f'<a:srgbClr {nsdecls("a")} val="{colour.lstrip("#").upper()}"/>'))


def _lay_out_master(master: SlideMaster, words: DeckWords, language: str) -> None:
    shapes = (
        _place((2, "title", ""), TITLE, words.title, language, anchor="b"),
        _place((3, "body", "1"), LEAD, words.text, language),
        _place((4, "ftr", "3"), SOURCE, "", language, size=1000, anchor="ctr"),
        _place((5, "sldNum", "4"), NUMBER, "", language, size=1200, anchor="ctr", align="r"),
    )
    _replace(master, shapes)
    styles = master._element.find(qn("p:txStyles"))
    heading = styles.find(f"{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    heading.set("algn", "l")
    heading.find(qn("a:defRPr")).set("sz", "3000")
    heading.find(qn("a:defRPr")).set("b", "1")
    said = styles.find(f"{qn('p:bodyStyle')}/{qn('a:lvl1pPr')}")
    said.set("marL", "0")
    said.set("indent", "0")
    said.find(qn("a:defRPr")).set("sz", "2000")
    for bullet in (*said.iterfind(qn("a:buFont")), *said.iterfind(qn("a:buChar"))):
        said.remove(bullet)
    said.insert(1, parse_xml(f"<a:buNone {nsdecls('a')}/>"))


def _lay_out_cover(layout: SlideLayout, words: DeckWords, language: str) -> None:
    layout.name = words.cover
    shapes = (
        _band(2, _COVER_BAND),
        _place((3, "ctrTitle", ""), COVER_TITLE, words.title, language, size=4400, anchor="b"),
        _place((4, "subTitle", "1"), COVER_TEXT, words.text, language, size=2000, colour="tx2"),
    )
    _replace(layout, shapes)


def _lay_out_message(layout: SlideLayout, words: DeckWords, language: str) -> None:
    layout.name = words.message
    # With a text beside the title it is no “title only” any more; PowerPoint calls what it does not know its own.
    layout._element.attrib.pop("type", None)
    layout._element.set("userDrawn", "1")
    shapes = (
        _band(2, _BAND),
        _place((3, "title", ""), TITLE, words.title, language, anchor="b"),
        _place((4, "body", "1"), LEAD, words.text, language),
        _place((5, "ftr", "11"), SOURCE, "", language, size=1000, anchor="ctr"),
        _place((6, "sldNum", "12"), NUMBER, "", language, size=1200, anchor="ctr", align="r"),
    )
    _replace(layout, shapes)


def _replace(slide: SlideMaster | SlideLayout, shapes: tuple[str, ...]) -> None:
    tree = slide.shapes._spTree
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for shape in shapes:
        tree.append(parse_xml(shape))


def _place(
    kind: tuple[int, str, str],
    box: Box,
    prompt: str,
    language: str,
    *,
    size: int | None = None,
    anchor: str = "t",
    align: str = "l",
    colour: str = "tx1",
) -> str:
    """An empty box that slides fill in; of its kind are its number, its type and its index."""
    left, top, width, height = box.emu
    number, name, index = kind
    place = f'<p:ph type="{name}"' + (f' idx="{index}"/>' if index else "/>")
    look = (
        f'<a:lvl1pPr algn="{align}"><a:defRPr sz="{size}"><a:solidFill><a:schemeClr val="{colour}"/></a:solidFill>'
        "</a:defRPr></a:lvl1pPr>"
        if size
        else ""
    )
    said = f'<a:r><a:rPr lang="{tag(language)}"/><a:t>{escape(written(prompt))}</a:t></a:r>' if prompt else ""
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{name} {number}"/>'
        f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>{place}</p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr>'
        f'<p:txBody><a:bodyPr vert="horz" lIns="73152" tIns="73152" rIns="73152" bIns="73152" anchor="{anchor}">'
        f"<a:normAutofit/></a:bodyPr><a:lstStyle>{look}</a:lstStyle><a:p>{said}</a:p></p:txBody></p:sp>"
    )


def _band(number: int, box: Box) -> str:
    """A rectangle in the accent's colour, which says nothing."""
    left, top, width, height = box.emu
    return (
        f'<p:sp {nsdecls("p", "a")}><p:nvSpPr><p:cNvPr id="{number}" name="{number}"/><p:cNvSpPr/>'
        '<p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill>'
        "<a:ln><a:noFill/></a:ln></p:spPr></p:sp>"
    )


def _add_logo(layout: SlideLayout, style: DeckStyle, municipality: str, room: Box) -> None:
    """Put the logo on a layout, as large as its room, at its left edge on a cover and at its right edge else."""
    image, relation = layout.part.get_or_add_image_part(str(style.logo))
    wide, high = image.image.size
    scale = min(room.width / wide, room.height / high)
    width, height = wide * scale, high * scale
    left = room.left if room is COVER_LOGO else room.right - width
    x, y, cx, cy = Box(left, room.top + (room.height - height) / 2, width, height).emu
    name = escape(written(municipality), {'"': "&quot;"})
    picture = (
        f'<p:pic {nsdecls("p", "a", "r")}><p:nvPicPr><p:cNvPr id="20" name="{name}" descr="{name}"/>'
        '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr userDrawn="1"/></p:nvPicPr>'
        f'<p:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    )
    layout.shapes._spTree.append(parse_xml(picture))
