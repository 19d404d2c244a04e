"""A deck as a PowerPoint file, read back: titles, values, words for what is only seen, languages, room for all."""

import datetime as dt
import io
import zipfile
from dataclasses import replace

import pytest
from hostile_texts import HOSTILE
from PIL import Image
from pptx import Presentation
from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn

from dashboard.exports.deck_file import deck_file
from dashboard.exports.deck_map import map_png
from dashboard.exports.deck_numbers import number_code
from dashboard.exports.deck_style import DeckStyle, DeckWords
from dashboard.exports.deck_text import INSET, LEADING, Measure, written
from dashboard.settings import PROJECT_FOLDER
from dashboard.slides import (
    BarPicture,
    Deck,
    LinePicture,
    MapArea,
    MapPicture,
    MapPoint,
    Number,
    NumberPicture,
    Quote,
    QuotePicture,
    Series,
    Slide,
    TablePicture,
)

FONT_FILE = PROJECT_FOLDER / "static" / "fonts" / "atkinson-hyperlegible-next.woff2"
STYLE = DeckStyle(
    ink="#111111",
    muted="#444444",
    background="#ffffff",
    surface="#f0f0f0",
    accent="#7a1f5c",
    link="#0000aa",
    others=("#d55e00", "#007a59", "#a8478a", "#8a6d00", "#4c5b69"),
    sequential=("#dcedea", "#b0d6d1", "#78b6b6", "#3c8c99", "#12607c"),
    missing="#ffffff",
    border="#3f4e5c",
    font="Atkinson Hyperlegible Next",
    font_file=FONT_FILE,
    logo=PROJECT_FOLDER / "static" / "favicon.png",
)
WORDS = DeckWords(
    number="{n} av {of}",
    question="Att prata om",
    shown="Bilden visar",
    link="Öppna",
    whole="Hela texten",
    lower="{name}, lägst",
    upper="{name}, högst",
    since="{name} från {year}",
    cover="Omslag",
    message="Budskap",
    title="Rubrik",
    text="Text",
)
ARABIC = "نريد مكانا نلتقي فيه بعد المدرسة، قريبا من البيت، ومفتوحا في المساء أيضا."
SOMALI = "Waxaan u baahanahay meel aan ku kulanno."
LONG = "Områdesövergripande föräldraförsäkringsåtgärder är någonting som många pratar om här. "
AREAS = ("Åsen", "Ön", "Ängen")
BARS = BarPicture(
    AREAS,
    (Series("Andel", (62.1, None, 9.5), ("62,1 %", "..", "9,5 %")),),
    "Procent",
    ("Hela staden", 31.05, "31,1 %"),
)
TWO_BARS = BarPicture(
    AREAS,
    (
        Series("2014", (1234.0, -480.0, None), ("1\u00a0234", "−480", "..")),
        Series("2024", (0.0, 5.0, 90.0), ("intill", "5", "90")),
    ),
    "Personer",
)
LINES = LinePicture(
    (2020, 2021, 2022, 2023),
    (
        Series("Provby", (0.3, None, 0.35, 0.4), ("0,30", "..", "0,35", "0,40")),
        Series("Riket", (0.2,) * 4, ("0,20",) * 4),
    ),
    "Index",
    (0.28, None, 0.33, 0.38),
    (0.32, None, 0.37, 0.42),
    breaks=(2022,),
)
SPARSE = LinePicture((2002, 2010, 2014), (Series("Valdeltagande", (80.0, 82.0, 83.0), ("80 %", "82 %", "83 %")),), "%")


def square(x, y, side):
    return ((x, y), (x + side, y), (x + side, y + side), (x, y + side))


MAP = MapPicture(
    (
        MapArea("1", "Åsen", "5 %", 0, (square(0, 0, 1000), square(300, 300, 400))),
        MapArea("2", "Ön", "40 %", 1, (square(1000, 0, 1000),)),
        MapArea("3", "Ängen", "..", None, (square(0, 1000, 1000),)),
    ),
    ("under 10 %", "mer än 10 %"),
    "Inget värde",
    (MapPoint("Torget", 1500, 500),),
)
NUMBERS = NumberPicture((Number("Index", "0,40", "säkert mellan 0,38 och 0,43"), Number("Invånare", "59 265 personer")))
TABLE = TablePicture(
    ("Projekt", "Läge", "Dag"), (("Torget", "Pågår", "30\u00a0apr.\u00a02026"), ("Skolan", "..", "okänd"))
)
QUOTES = QuotePicture(
    (Quote("Vi vill mötas.", "Boende"), Quote(ARABIC, "Boende på Åsen", "ar"), Quote(SOMALI, "Boende", "so"))
)
PICTURES = {
    "bars": BARS,
    "two-bars": TWO_BARS,
    "lines": LINES,
    "sparse": SPARSE,
    "map": MAP,
    "numbers": NUMBERS,
    "table": TABLE,
    "quotes": QUOTES,
    "nothing": None,
}


def slide_of(key, picture, **others):
    texts = {
        "title": f"Det här säger {key}",
        "lead": "Åsen är högst. Ön är okänd.",
        "summary": f"Bilden {key} i ord.",
        "source": "SCB, tabell 1, 2025",
        "question": "Vad ser ni?",
        "notes": "Börja lugnt.",
        "link": "https://example.org/?a=1&b=2",
    }
    return Slide(key=key, picture=picture, **(texts | others))


def deck_of(*slides, language="sv"):
    return Deck("Så bor vi", "Provby", language, "27 november 2026", slides)


def read(deck):
    made = dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC)
    return Presentation(io.BytesIO(deck_file(deck, STYLE, WORDS, made)))


@pytest.fixture(scope="module")
def content():
    slides = [slide_of(key, picture) for key, picture in PICTURES.items()]
    statement = slide_of("statement", None, title="Vad gör vi först?", lead="", question="", summary="")
    return deck_file(deck_of(*slides, statement), STYLE, WORDS, dt.datetime(2026, 11, 27, 9, tzinfo=dt.UTC))


@pytest.fixture(scope="module")
def file(content):
    return Presentation(io.BytesIO(content))


def shapes_of(slide):
    """Every shape of a slide, also those within groups."""
    for shape in slide.shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from shape.shapes
        yield shape


def shown(file, key):
    [slide] = [one for one in file.slides if one.shapes.title.text_frame.text == f"Det här säger {key}"]
    return slide


def chart_of(file, key):
    [chart] = [shape.chart for shape in shapes_of(shown(file, key)) if shape.has_chart]
    return chart


def alt(shape):
    return shape._element._nvXxPr.cNvPr.get("descr")


def texts(slide):
    return [shape.text_frame.text for shape in shapes_of(slide) if shape.has_text_frame]


def notes(slide):
    return slide.notes_slide.notes_text_frame.text


def test_it_is_wide_and_every_title_is_a_title(file):
    assert file.slide_width * 9 == file.slide_height * 16
    titles = [slide.shapes.title for slide in file.slides]
    assert {one.placeholder_format.type for one in titles} == {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE}
    assert [one.text_frame.text for one in titles] == [
        "Så bor vi",
        *(f"Det här säger {key}" for key in PICTURES),
        "Vad gör vi först?",
    ]
    assert [layout.name for layout in file.slide_layouts] == ["Omslag", "Budskap"]
    # What is said beside the picture stands in the outline too.
    assert shown(file, "bars").placeholders[1].placeholder_format.type == PP_PLACEHOLDER.BODY
    assert shown(file, "bars").placeholders[1].text_frame.text == "Åsen är högst. Ön är okänd."


def test_it_says_what_it_is_and_names_nobody(file, content):
    about = file.core_properties
    assert (about.title, about.author, about.last_modified_by) == ("Så bor vi", "Provby", "Provby")
    assert (about.language, about.created) == ("sv-SE", dt.datetime(2026, 11, 27, 9))  # noqa: DTZ001 - as the file has it
    package = zipfile.ZipFile(io.BytesIO(content))
    assert not [name for name in package.namelist() if "thumbnail" in name or "printer" in name or "app.xml" in name]
    whole = b"".join(package.read(name) for name in package.namelist() if name.endswith(".xml"))
    assert b"Canny" not in whole
    layouts = b"".join(package.read(name) for name in package.namelist() if name.startswith("ppt/slide"))
    assert b"Click to edit" not in layouts
    assert b"screen4x3" not in whole


@pytest.mark.parametrize("key", ["bars", "two-bars", "sparse"])
def test_charts_hold_the_values_and_leave_gaps_where_nothing_is_known(file, key):
    picture, chart = PICTURES[key], chart_of(file, key)
    drawn = {one.name: list(one.values) for one in chart.plots[0].series}
    assert {one.name: drawn[one.name] for one in picture.series} == {
        one.name: list(one.values) for one in picture.series
    }
    assert chart._chartSpace.chart.find(qn("c:dispBlanksAs")).get("val") == "gap"
    sheet = zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).read("xl/worksheets/sheet1.xml")
    known = sum(value is not None for values in drawn.values() for value in values)
    cells = sheet.count(b"<v>") - sheet.count(b't="s"')
    assert cells == known + (len(picture.years) if key == "sparse" else 0)


def test_bars_are_written_as_on_the_slide(file):
    chart = chart_of(file, "bars")
    assert list(chart.plots[0].categories) == ["Åsen", "Ön: ..", "Ängen"]
    labels = chart.plots[0].series[0].data_labels
    assert labels.number_format == '#,##0.0"\u00a0%";−#,##0.0"\u00a0%";#,##0.0"\u00a0%"'.replace("\u00a0", " ")
    assert labels.show_value
    two = chart_of(file, "two-bars")
    assert list(two.plots[0].categories) == ["Åsen", "Ön", "Ängen (2014: ..)"]
    # What no number format could say is written word by word.
    assert two.plots[0].series[1].points[0].data_label.text_frame.text == "intill"
    assert two.has_legend
    assert not chart.has_legend
    assert chart.chart_title.text_frame.text == "Procent"


def test_the_reference_lies_at_its_value_and_moves_with_the_chart(file):
    [group] = [shape for shape in shown(file, "bars").shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP]
    [line] = [shape for shape in group.shapes if shape.shape_type == MSO_SHAPE_TYPE.LINE]
    [frame] = [shape for shape in group.shapes if shape.has_chart]
    place = frame.chart._chartSpace.chart.plotArea.find(f"{qn('c:layout')}/{qn('c:manualLayout')}")
    left, width = (float(place.find(qn(f"c:{name}")).get("val")) for name in "xw")
    axis = frame.chart.value_axis
    assert axis.minimum_scale == 0
    assert axis.maximum_scale > 62.1
    wanted = frame.left + frame.width * (left + width * 31.05 / axis.maximum_scale)
    assert line.begin_x == line.end_x == pytest.approx(wanted, abs=100)
    assert alt(line) == "Hela staden 31,1 %"
    assert "Hela staden 31,1 %" in texts(shown(file, "bars"))


def test_lines_have_their_interval_and_none_across_a_break(file):
    chart = chart_of(file, "lines")
    series = {one.name: list(one.values) for one in chart.plots[0].series}
    assert series == {
        "Provby": [0.3, None, None, None],
        "Provby från 2022": [None, None, 0.35, 0.4],
        "Riket": [0.2, 0.2, None, None],
        "Riket från 2022": [None, None, 0.2, 0.2],
        "Provby, lägst": [0.28, None, None, None],
        "Provby, lägst från 2022": [None, None, 0.33, 0.38],
        "Provby, högst": [0.32, None, None, None],
        "Provby, högst från 2022": [None, None, 0.37, 0.42],
    }
    assert [entry.find(qn("c:idx")).get("val") for entry in chart.legend._element.findall(qn("c:legendEntry"))] == [
        "5",
        "7",
    ]
    # A lone end of an interval would be nowhere to be seen without a mark.
    marks = [one.marker.style for one in chart.plots[0].series]
    assert marks[4:] == [XL_MARKER_STYLE.DASH, XL_MARKER_STYLE.NONE] * 2
    assert marks[:4] == [XL_MARKER_STYLE.CIRCLE] * 2 + [XL_MARKER_STYLE.SQUARE] * 2
    [above, below] = [chart.plots[0].series[number].points[3].data_label for number in (1, 3)]
    assert (above.text_frame.text, above.position) == ("0,40", XL_LABEL_POSITION.ABOVE)
    assert (below.text_frame.text, below.position) == ("0,20", XL_LABEL_POSITION.BELOW)
    assert list(chart.plots[0].categories) == ["2020", "2021", "2022", "2023"]


def test_years_that_are_far_apart_stay_so(file):
    area = chart_of(file, "sparse")._chartSpace.chart.plotArea
    assert area.find(f"{qn('c:dateAx')}/{qn('c:baseTimeUnit')}").get("val") == "years"
    assert chart_of(file, "lines")._chartSpace.chart.plotArea.find(qn("c:dateAx")) is None


def test_what_is_only_seen_is_said_in_words(file):
    for key in ("bars", "two-bars", "lines", "sparse", "map", "table"):
        kinds = (MSO_SHAPE_TYPE.CHART, MSO_SHAPE_TYPE.PICTURE, MSO_SHAPE_TYPE.TABLE, MSO_SHAPE_TYPE.GROUP)
        seen = [shape for shape in shapes_of(shown(file, key)) if shape.shape_type in kinds]
        assert seen, key
        assert {alt(shape) for shape in seen} == {f"Bilden {key} i ord."}
    [swatch, *_] = [shape for shape in shown(file, "map").shapes if shape.shape_type == MSO_SHAPE_TYPE.AUTO_SHAPE]
    assert "decorative" in swatch._element.xml
    assert [text for text in texts(shown(file, "map")) if "%" in text or "värde" in text] == [
        "mer än 10 %",
        "under 10 %",
        "Inget värde",
    ]


def test_notes_say_what_to_say_and_all_that_is_shown(file):
    for key in PICTURES:
        assert notes(shown(file, key)).split("\n") == [
            "Börja lugnt.",
            "Att prata om: Vad ser ni?",
            f"Bilden visar: Bilden {key} i ord.",
            "SCB, tabell 1, 2025",
            "Öppna: https://example.org/?a=1&b=2",
        ]
    links = [run.hyperlink.address for run in shown(file, "map").notes_slide.notes_text_frame.paragraphs[-1].runs]
    assert links == ["https://example.org/?a=1&b=2"]


def test_source_and_number_stand_at_the_foot_of_every_slide(file):
    for number, slide in enumerate(list(file.slides)[1:], 1):
        feet = {place.placeholder_format.type: place for place in slide.placeholders}
        assert feet[PP_PLACEHOLDER.FOOTER].text_frame.text == "SCB, tabell 1, 2025"
        assert feet[PP_PLACEHOLDER.SLIDE_NUMBER].text_frame.text == f"{number} av {len(PICTURES) + 1}"


def test_tables_and_numbers_are_text(file):
    [table] = [shape.table for shape in shown(file, "table").shapes if shape.has_table]
    cells = [[cell.text_frame.text for cell in row.cells] for row in table.rows]
    assert cells == [list(TABLE.headings), *map(list, TABLE.rows)]
    assert table.first_row
    assert table.first_col
    said = texts(shown(file, "numbers"))
    assert "Index\n0,40\nsäkert mellan 0,38 och 0,43" in said
    assert "Invånare\n59 265 personer" in said
    # A number is no more than another because it is shorter.
    sizes = {
        paragraph.runs[0].font.size
        for shape in shown(file, "numbers").shapes
        if shape.has_text_frame and len(shape.text_frame.paragraphs) > 1
        for paragraph in shape.text_frame.paragraphs
        if paragraph.text in ("0,40", "59 265 personer")
    }
    assert len(sizes) == 1


def test_every_text_says_its_language_and_runs_its_way(file):
    runs = [
        (run.text, run._r.rPr.get("lang"), paragraph._p.pPr is not None and paragraph._p.pPr.get("rtl"))
        for slide in file.slides
        for shape in shapes_of(slide)
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    ]
    assert {language for _, language, _ in runs} == {"sv-SE", "ar", "so"}
    assert [text for text, language, _ in runs if language == "ar"] == [ARABIC]
    assert [text for text, _, turned in runs if turned == "1"] == [ARABIC]
    assert [text for text, language, _ in runs if language == "so"] == [SOMALI]
    chart = chart_of(file, "bars")._chartSpace
    assert chart.find(qn("c:lang")).get("val") == "sv-SE"


def test_the_theme_has_the_colours_and_the_layouts_the_logo(content, file):
    theme = parse_xml(zipfile.ZipFile(io.BytesIO(content)).read("ppt/theme/theme1.xml"))
    scheme = {one.tag.split("}")[1]: one[0].get("val") for one in theme.find(f".//{qn('a:clrScheme')}")}
    assert (scheme["dk1"], scheme["lt1"], scheme["accent1"]) == ("111111", "FFFFFF", "7A1F5C")
    fonts = [one.get("typeface") for one in theme.iterfind(f".//{qn('a:fontScheme')}/*/{qn('a:latin')}")]
    assert fonts == ["Atkinson Hyperlegible Next"] * 2
    drawn = chart_of(file, "bars").plots[0].series[0].format.fill.fore_color.theme_color
    assert drawn == MSO_THEME_COLOR.ACCENT_1
    for layout in file.slide_layouts:
        [logo] = [shape for shape in layout.shapes if shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
        assert alt(logo) == "Provby"


#: The order that the standard (ISO/IEC 29500-1) has; PowerPoint calls a file damaged that has another.
ORDERS = {
    "c:chartSpace": "date1904 lang roundedCorners style chart spPr txPr externalData",
    "c:title": "tx layout overlay spPr txPr",
    "c:dLbls": "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal",
    "c:legend": "legendPos legendEntry layout overlay",
    "c:catAx": "axId scaling delete axPos numFmt spPr txPr crossAx crosses auto lblOffset tickLblSkip noMultiLvlLbl",
    "c:dateAx": "axId scaling delete axPos numFmt spPr crossAx crosses auto baseTimeUnit majorUnit majorTimeUnit",
    "a:tcPr": "lnL lnR lnT lnB solidFill",
    "a:rPr": "ln solidFill latin ea cs hlinkClick",
    "a:lvl1pPr": "spcBef buNone buFont buChar defRPr",
}


def test_the_parts_of_every_element_have_their_order(content):
    package = zipfile.ZipFile(io.BytesIO(content))
    seen = set()
    for name in package.namelist():
        if not name.endswith(".xml"):
            continue
        root = parse_xml(package.read(name))
        for parent, order in ORDERS.items():
            places = {qn(f"{parent[0]}:{child}"): place for place, child in enumerate(order.split())}
            for element in root.iter(qn(parent)):
                found = [places[child.tag] for child in element if child.tag in places]
                assert found == sorted(found), f"{name}: {parent}"
                seen.add(parent)
        for axis in root.iter(qn("c:axId"), qn("c:crossAx")):
            assert int(axis.get("val")) >= 0, name
    assert seen == set(ORDERS)


def frames(slide):
    """Frames of text with their width and height in inches, in boxes and in cells of tables."""
    for shape in shapes_of(slide):
        if shape.has_text_frame and shape.text_frame.text:
            yield shape.text_frame, shape.width / 914400, shape.height / 914400
        elif getattr(shape, "has_table", False):
            for row in shape.table.rows:
                for cell, column in zip(row.cells, shape.table.columns, strict=True):
                    yield cell.text_frame, column.width / 914400, row.height / 914400


def assert_all_has_room(file):
    for slide in file.slides:
        for shape in shapes_of(slide):
            assert min(shape.left, shape.top) >= 0
            assert shape.left + shape.width <= file.slide_width
            assert shape.top + shape.height <= file.slide_height
        for frame, width, height in frames(slide):
            needed = sum(
                Measure(FONT_FILE, 700 if run.font.bold else 400).lines(run.text, run.font.size.pt, width - 2 * INSET)
                * run.font.size.pt
                * LEADING
                / 72
                for paragraph in frame.paragraphs
                for run in paragraph.runs
                if run.font.size
            )
            assert needed <= height - (INSET if height > 0.4 else 0) + 0.01, frame.text


def long_slides():
    many = tuple(f"{LONG}{number}" for number in range(8))
    values = tuple(float(number) for number in range(8))
    yield slide_of(
        "bars", BarPicture(many, (Series(LONG, values, many), Series("b", values, many)), LONG, (LONG, 3.0, "3"))
    )
    yield slide_of(
        "lines", LinePicture((2001, 2002), (Series(LONG, (1.0, 2.0), ("1", "2")),), LONG, (1.0, 1.0), (2.0, 2.0))
    )
    yield slide_of("map", MapPicture(MAP.areas, (LONG * 3, LONG), LONG, (MapPoint(LONG, 0, 0), MapPoint(LONG, 9, 9))))
    yield slide_of("numbers", NumberPicture((Number(LONG * 4, LONG, LONG * 4),) * 4))
    yield slide_of("table", TablePicture((LONG, "b", "c"), ((LONG * 3, LONG, "x" * 300),) * 8))
    yield slide_of(
        "quotes", QuotePicture((Quote(LONG * 12, LONG * 3), Quote(ARABIC * 9, LONG, "ar"), Quote("ö" * 900, ".")))
    )
    yield slide_of("words", None, title=LONG * 9, lead=LONG * 60, question=LONG * 40, source=LONG * 9, notes=LONG * 99)


def test_long_texts_stay_in_their_boxes_and_stand_whole_in_the_notes():
    file = read(deck_of(*long_slides()))
    assert_all_has_room(file)
    said = notes(file.slides[-1])
    for text in (LONG * 9, LONG * 60, LONG * 40):
        assert text.strip() in said
    assert "ö" * 900 in notes(file.slides[6])
    assert (LONG * 3).strip() in notes(file.slides[5])


def test_ordinary_texts_have_room_and_are_not_cut(file):
    assert_all_has_room(file)
    whole = [text for slide in file.slides for text in texts(slide)]
    assert not [text for text in whole if "…" in text]
    assert "Hela texten" not in "".join(notes(slide) for slide in list(file.slides)[1:])


def test_hostile_texts_stay_texts():
    pieces = [*HOSTILE, "\x00\x0b\x1f\ud800 styrtecken \ufffe", "_x0041_ {n} {of} {name}"]
    slides = [
        slide_of(
            "x",
            BarPicture((text, "=1+1"), (Series(text, (1.0, 2.0), (text, "2")),), text, (text, 1.0, text)),
            **dict.fromkeys(("title", "lead", "summary", "source", "question", "notes"), text),
            link="javascript:alert(1)",
        )
        for text in pieces
    ]
    file = read(deck_of(*slides))
    for text, slide in zip(pieces, list(file.slides)[1:], strict=True):
        assert slide.shapes.title.text_frame.text == written(text)
        assert written(text) in notes(slide)
        [chart] = [shape.chart for shape in shapes_of(slide) if shape.has_chart]
        assert [name.replace("\n", " ") for name in chart.plots[0].categories][1] == "=1+1"
        sheet = zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert b"<f>" not in sheet.read("xl/worksheets/sheet1.xml")
        assert not [one for one in sheet.namelist() if "rels" in one and b"hyperlink" in sheet.read(one)]
        assert not [one.reltype for one in slide.notes_slide.part.rels.values() if one.is_external]


def test_an_english_deck_is_marked_english():
    file = read(deck_of(slide_of("bars", None), language="en"))
    assert file.core_properties.language == "en-GB"
    runs = [run for paragraph in file.slides[1].shapes.title.text_frame.paragraphs for run in paragraph.runs]
    assert [run._r.rPr.get("lang") for run in runs] == ["en-GB"]


def test_a_map_has_its_classes_its_holes_and_its_gaps():
    png, width, height = map_png(MAP, STYLE, 5.0, 5.0)
    image = Image.open(io.BytesIO(png)).convert("RGB")
    assert width == pytest.approx(5.0, abs=0.02)
    assert height == pytest.approx(5.0, abs=0.02)

    def at(east, north):
        return "#{:02x}{:02x}{:02x}".format(
            *image.getpixel((image.width * east // 2000, image.height - image.height * north // 2000))
        )

    assert at(100, 100) == STYLE.sequential[0]
    assert at(500, 500) == STYLE.background
    assert at(1100, 100) == STYLE.sequential[-1]
    assert at(1500, 1500) == STYLE.background
    dot = (image.width * 3 // 4, image.height * 3 // 4)
    near = image.crop((dot[0] - 6, dot[1] - 6, dot[0] + 6, dot[1] + 6))
    assert (0x11, 0x11, 0x11) in {colour for _, colour in near.getcolors()}
    hatched = {at(east, 1500) for east in range(200, 800, 5)}
    assert len(hatched) > 1
    assert not hatched & set(STYLE.sequential)


def pixels(picture, box=None):
    image = Image.open(io.BytesIO(map_png(picture, STYLE, 5.0, 5.0)[0])).convert("RGB")
    if box:
        image = image.crop(tuple(round(one * image.width) for one in box))
    return {"#{:02x}{:02x}{:02x}".format(*colour) for _, colour in image.getcolors(1 << 20)}


def test_a_map_shows_what_it_is_to_show_and_values_where_they_have_room():
    middle_of_second = (0.6, 0.6, 0.9, 0.9)
    plain = replace(MAP, points=())
    assert "#ffffff" in pixels(plain, middle_of_second), "white on the darkest class"
    without = replace(plain, areas=tuple(replace(area, text="") for area in plain.areas))
    assert pixels(without, middle_of_second) == {STYLE.sequential[-1]}
    near = pixels(replace(without, extent=(0.0, 0.0, 900.0, 900.0)))
    assert STYLE.sequential[0] in near
    assert STYLE.sequential[-1] not in near
    wide = replace(plain, areas=tuple(replace(area, text="x" * 40) for area in plain.areas))
    assert pixels(wide, middle_of_second) == {STYLE.sequential[-1]}, "a text without room is not written"


def test_a_map_fills_its_room_with_what_lies_beside_its_extent():
    plain = replace(MAP, points=(), extent=(500.0, 500.0, 1000.0, 1500.0))
    for room in ((6.0, 4.0), (3.0, 6.0)):
        _, width, height = map_png(plain, STYLE, *room)
        assert (width, height) == pytest.approx(room, abs=0.2)
    wide = Image.open(io.BytesIO(map_png(plain, STYLE, 6.0, 4.0)[0])).convert("RGB")
    # East of the extent lies the second area, which the room shows too.
    assert wide.getpixel((wide.width * 9 // 10, wide.height * 9 // 10)) == (0x12, 0x60, 0x7C)


def test_the_bar_that_a_slide_is_about_stands_out():
    file = read(deck_of(slide_of("bars", replace(BARS, marked=2))))
    [series] = chart_of(file, "bars").plots[0].series
    assert series.format.fill.fore_color.theme_color == MSO_THEME_COLOR.ACCENT_6
    assert series.points[2].format.fill.fore_color.theme_color == MSO_THEME_COLOR.ACCENT_1


@pytest.mark.parametrize(
    ("pairs", "language", "code"),
    [
        ([(62.14, "62,1 %"), (9.0, "9,0 %")], "sv", '#,##0.0" %";−#,##0.0" %";#,##0.0" %"'),
        ([(0.6214, "62,1 %"), (0.09, "9,0 %")], "sv", '#,##0.0" "%;−#,##0.0" "%;#,##0.0" "%'),
        ([(1234.0, "1\u00a0234"), (None, ".."), (-3.0, "−3")], "sv", "#,##0;−#,##0;#,##0"),
        ([(1234.5, "1,234.5")], "en", "#,##0.0;−#,##0.0;#,##0.0"),
        ([(2.0, "+2"), (-1.0, "−1")], "sv", "+#,##0;−#,##0;#,##0"),
    ],
)
def test_number_formats_follow_how_values_are_written(pairs, language, code):
    found = number_code(pairs, language)
    assert found.code == code
    assert all(found.agrees(value, text, language) for value, text in pairs if value is not None)
    assert not found.agrees(7.0, "8", language)
    assert not found.agrees(7.0, "intill", language)


def test_no_number_has_no_format():
    assert number_code([(1.0, "intill"), (None, "..")], "sv") is None


def test_the_notes_of_the_cover_tell_the_version_and_the_checksum():
    origin = "Metod: Hela staden 1.0. Kontrollsumma (SHA-256): " + "ab" * 32
    assert notes(read(replace(deck_of(), origin=origin)).slides[0]) == origin
    assert not read(deck_of()).slides[0].has_notes_slide
