"""Makes a picture that somebody sent safe to store: its pixels alone, in a file that we wrote ourselves.

What a camera adds (position, time, device, thumbnails) and whatever else was put into the file stays behind.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps

MEDIA_TYPE = "image/jpeg"
MOST_BYTES = 1_000_000
LONGEST_SIDE = 1600
# In a list of contributions: sharp on a phone, and twenty of them are about a megabyte.
SHOWN_SIDE = 640
# What a picture may unfold to: a few bytes can stand for billions of pixels.
MOST_PIXELS = 40_000_000
_FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 85
_SHOWN_QUALITY = 78


class PhotoError(Exception):
    """A picture cannot be used: code `too_large`, `no_picture` or `too_many_pixels`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Photo:
    """A picture that holds nothing but what can be seen in it."""

    content: bytes
    media_type: str
    width: int
    height: int


def clean_photo(content: bytes, most_bytes: int = MOST_BYTES) -> Photo:
    """Read a JPEG, PNG or WebP picture and write it anew.

    Parameters
    ----------
    content
        The file as it came.
    most_bytes
        How large it may be.

    Raises
    ------
    PhotoError
        `too_large`: more bytes than allowed; `no_picture`: none of the three kinds, or broken;
        `too_many_pixels`: it would unfold to more than is safe.
    """
    if len(content) > most_bytes:
        raise PhotoError("too_large")
    try:
        with warnings.catch_warnings():
            # Pillow warns of what may be a bomb before it fails on what certainly is; both are refused below.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise PhotoError("too_many_pixels")
                picture = _pixels(opened)
    except Image.DecompressionBombError as error:
        raise PhotoError("too_many_pixels") from error
    # A file that was tampered with can break the reading of it in any of these ways.
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError) as error:
        raise PhotoError("no_picture") from error
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return Photo(written.getvalue(), MEDIA_TYPE, picture.width, picture.height)


def smaller(content: bytes, longest_side: int = SHOWN_SIDE) -> bytes:
    """Give a cleaned picture as it is shown in a list: at most so many pixels wide and high, in a JPEG."""
    with Image.open(io.BytesIO(content), formats=_FORMATS) as opened:
        opened.draft("RGB", (longest_side, longest_side))
        picture = opened.convert("RGB")
    picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_SHOWN_QUALITY, optimize=True)
    return written.getvalue()


def _pixels(opened: Image.Image) -> Image.Image:
    """Give the pixels of a picture upright, small enough, on white, in a picture that carries nothing else."""
    # Reads a JPEG at a fraction of its size straight away; does nothing to the other kinds.
    opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
    opened.load()
    # Made smaller before all else, so that the large one is in memory once.
    opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    seen_through = ImageOps.exif_transpose(opened).convert("RGBA")
    clean = Image.new("RGB", seen_through.size, "white")
    clean.paste(seen_through, mask=seen_through.getchannel("A"))
    return clean
