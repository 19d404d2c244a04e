"""A picture is stored as its pixels alone, and what is no picture is not stored."""

import contextlib
import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from dashboard.register.photos import LONGEST_SIDE, Photo, PhotoError, clean_photo, smaller

GPS, ORIENTATION, DESCRIPTION = 0x8825, 0x0112, 0x010E


def made_up(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: object) -> bytes:
    picture = Image.new(mode, size)
    # Its left half is light, so that turning it can be seen.
    picture.paste("white" if mode != "P" else 1, (0, 0, size[0] // 2, size[1]))
    written = io.BytesIO()
    picture.save(written, kind, **more)
    return written.getvalue()


def opened(photo: Photo) -> Image.Image:
    return Image.open(io.BytesIO(photo.content))


def secrets_of_a_camera() -> Image.Exif:
    exif = Image.Exif()
    exif[DESCRIPTION] = "secret words"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (58.0, 17.0, 0.0)
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_a_camera_adds_stays_behind(kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more: dict[str, object] = {"exif": secrets_of_a_camera(), "icc_profile": profile}
    if kind in {"JPEG", "WEBP"}:
        more["xmp"] = b"<x:xmpmeta>secret words</x:xmpmeta>"
    if kind == "JPEG":
        more["comment"] = b"secret words"
    if kind == "PNG":
        more["pnginfo"] = PngImagePlugin.PngInfo()
        more["pnginfo"].add_text("Comment", "secret words")
    content = made_up(kind, **more)
    assert b"secret words" in content
    photo = clean_photo(content)
    assert b"secret" not in photo.content
    again = opened(photo)
    assert dict(again.getexif()) == {}
    assert set(again.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_kind_comes_out_as_jpeg_with_its_size(kind: str) -> None:
    photo = clean_photo(made_up(kind))
    assert (photo.media_type, photo.width, photo.height) == ("image/jpeg", 60, 40)
    assert (opened(photo).format, opened(photo).size, opened(photo).mode) == ("JPEG", (60, 40), "RGB")


@pytest.mark.parametrize(("orientation", "light"), [(1, (5, 20)), (3, (55, 20)), (6, (20, 5)), (8, (20, 55))])
def test_a_picture_taken_sideways_is_stored_upright(orientation: int, light: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    photo = clean_photo(made_up(exif=exif))
    assert (photo.width, photo.height) == ((60, 40) if orientation in {1, 3} else (40, 60))
    assert min(opened(photo).getpixel(light)) > 200
    assert max(opened(photo).getpixel((photo.width - 1 - light[0], photo.height - 1 - light[1]))) < 60


@pytest.mark.parametrize("size", [(4000, 1000), (900, 3200), (5000, 5000)])
def test_large_pictures_are_made_smaller_and_keep_their_shape(size: tuple[int, int]) -> None:
    photo = clean_photo(made_up(size=size))
    assert max(photo.width, photo.height) == LONGEST_SIDE
    assert photo.width / photo.height == pytest.approx(size[0] / size[1], rel=0.01)


def test_small_pictures_stay_as_they_are() -> None:
    assert clean_photo(made_up(size=(1, 1))).width == 1


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "P"), ("PNG", "1"), ("PNG", "LA")])
def test_every_kind_of_colour_is_read(kind: str, mode: str) -> None:
    assert opened(clean_photo(made_up(kind, mode=mode))).mode == "RGB"


def test_what_can_be_seen_through_becomes_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(written, "PNG")
    assert opened(clean_photo(written.getvalue())).getpixel((5, 5)) == (255, 255, 255)


def test_what_is_hung_on_behind_a_picture_stays_behind() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("secret.html", "<script>alert(1)</script>")
    for tail in (b"<script>alert(1)</script>", archive.getvalue()):
        photo = clean_photo(made_up() + tail)
        assert b"script" not in photo.content
        assert not zipfile.is_zipfile(io.BytesIO(photo.content))
        assert photo.content.endswith(b"\xff\xd9")


def test_only_the_first_picture_of_a_moving_one_is_stored() -> None:
    written = io.BytesIO()
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("white", "black")]
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])
    assert opened(clean_photo(written.getvalue())).getpixel((4, 4)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "ICO", "PDF"])
def test_other_kinds_of_files_are_refused(kind: str) -> None:
    with pytest.raises(PhotoError) as refused:
        clean_photo(made_up(kind))
    assert refused.value.code == "no_picture"


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"<svg onload='alert(1)'/>", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF    WEBP"]
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(PhotoError) as refused:
        clean_photo(content)
    assert refused.value.code == "no_picture"


def test_a_picture_cut_off_is_refused() -> None:
    content = made_up(size=(300, 300), mode="RGB")
    with pytest.raises(PhotoError) as refused:
        clean_photo(content[: len(content) // 2])
    assert refused.value.code == "no_picture"


def test_too_large_a_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(PhotoError) as refused:
        clean_photo(b"x" * 1001, most_bytes=1000)
    assert refused.value.code == "too_large"
    assert clean_photo(made_up(), most_bytes=len(made_up())).width == 60


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


@pytest.mark.parametrize("side", [7_000, 12_000, 60_000])
def test_a_small_file_that_unfolds_to_billions_of_pixels_is_refused(side: int) -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    with pytest.raises(PhotoError) as refused:
        clean_photo(bomb)
    assert refused.value.code == "too_many_pixels"


def test_words_that_unfold_to_far_more_than_the_file_are_no_way_round() -> None:
    text = b"Comment\0\0" + zlib.compress(b"x" * 80_000_000)
    content = made_up("PNG")
    after_header = 8 + 25
    bomb = content[:after_header] + chunk(b"zTXt", text) + content[after_header:]
    with pytest.raises(PhotoError) as refused:
        clean_photo(bomb)
    assert refused.value.code == "no_picture"


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["JPEG", "PNG", "WEBP"]),
    st.lists(st.tuples(st.integers(0, 10_000), st.binary(max_size=4)), min_size=1, max_size=8),
)
def test_a_file_that_was_tampered_with_is_cleaned_or_refused(kind: str, changes: list[tuple[int, bytes]]) -> None:
    content = bytearray(made_up(kind, exif=secrets_of_a_camera()))
    for at, replacement in changes:
        start = at % len(content)
        content[start : start + len(replacement)] = replacement
    with contextlib.suppress(PhotoError):
        photo = clean_photo(bytes(content))
        assert opened(photo).size == (photo.width, photo.height)
        assert b"secret" not in photo.content


def test_a_picture_in_a_list_is_small_and_keeps_its_shape():
    written = io.BytesIO()
    Image.effect_noise((1600, 1200), 80).convert("RGB").save(written, "JPEG", quality=85)
    small = smaller(written.getvalue())
    with Image.open(io.BytesIO(small)) as shown:
        assert (shown.format, shown.size) == ("JPEG", (640, 480))
    assert len(small) < len(written.getvalue()) / 4
