"""A chart of a page in a PowerPoint file: a sharp picture within its room, told in words, in the slide's language."""

import io

from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from test_deck_file import STYLE, WORDS

from dashboard.exports.deck_file import deck_file
from dashboard.exports.deck_style import EMU, PICTURE
from dashboard.slides import ChartPicture, Deck, Slide

SVG = '<svg viewBox="0 0 {0} {1}"><rect width="{0}" height="{1}" fill="#0b5c8a"/></svg>'


def made(width: int, height: int, language: str = ""):
    picture = ChartPicture(SVG.format(width, height), width, height, ("a",), (("b",),))
    slide = Slide(
        "egen-1", "Titel", "Rad", picture, "Kartan i ord", "Källa: SCB", link="https://a.example/x", language=language
    )
    file = Presentation(io.BytesIO(deck_file(Deck("Min", "Provby", "sv", "i dag", (slide,)), STYLE, WORDS)))
    return file.slides[1]


def test_a_chart_is_a_picture_with_words_notes_and_source():
    for size in ((430, 320), (860, 1200), (430, 90)):
        slide = made(*size)
        (image,) = [one for one in slide.shapes if one.shape_type == MSO_SHAPE_TYPE.PICTURE]
        assert image._element._nvXxPr.cNvPr.get("descr") == "Kartan i ord"
        wide, high = Image.open(io.BytesIO(image.image.blob)).size
        assert abs(wide / high - size[0] / size[1]) < 0.02 * size[0] / size[1]
        assert wide / (image.width / EMU) > 250, "dots an inch"
        assert image.left >= PICTURE.left * EMU - 2
        assert image.left + image.width <= PICTURE.right * EMU + 2
        assert image.top + image.height <= PICTURE.bottom * EMU + 2
        notes = slide.notes_slide.notes_text_frame.text
        assert "Kartan i ord" in notes
        assert "https://a.example/x" in notes
        assert "Källa: SCB" in "".join(one.text_frame.text for one in slide.shapes if one.has_text_frame)


def test_a_slide_of_another_language_says_so():
    languages = {one.get("lang") for one in made(4, 3, "en").shapes.title._element.iter(qn("a:rPr"))}
    assert languages == {"en-GB"}
