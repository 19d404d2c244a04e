"""A chart of a page on a slide of PowerPoint: as a picture, for what drew it can draw more than PowerPoint's charts."""

from __future__ import annotations

import io

from pptx.util import Emu

from dashboard.exports.chart_drawing import svg_png
from dashboard.exports.deck_style import PICTURE, Box, Paper
from dashboard.exports.deck_text import describe
from dashboard.slides import ChartPicture

#: Dots for each dot of a screen of 1920 × 1080, so that a large screen shows sharp letters.
SHARPER = 2
_DOTS_AN_INCH = 1920 / (40 / 3)


def add_chart_picture(paper: Paper, picture: ChartPicture, summary: str) -> None:
    """Put a chart where slides have their picture, as large as it fits, with what it shows in words."""
    inches = min(PICTURE.width / picture.width, PICTURE.height / picture.height)
    png = svg_png(picture.svg, inches * _DOTS_AN_INCH * SHARPER)
    width, height = picture.width * inches, picture.height * inches
    box = Box(PICTURE.left + (PICTURE.width - width) / 2, PICTURE.top, width, height)
    image = paper.slide.shapes.add_picture(io.BytesIO(png), *(Emu(one) for one in box.emu))
    describe(image, summary)
