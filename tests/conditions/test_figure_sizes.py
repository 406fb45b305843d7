"""An uploaded picture becomes files of several widths, with nothing in them but its pixels."""

from typing import Any

import pytest
from PIL import Image, ImageCms

from calfcms.publishing.problem import Refused
from conditions import figure_sizes
from conditions.figure_sizes import make_files
from tests.conditions.pictures import (
    BLUE,
    RED,
    encode,
    make_exif,
    make_picture,
    make_profile,
    open_picture,
)


def _is_near(pixel: Any, wanted: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 25 for a, b in zip(pixel[:3], wanted, strict=True))


def _refusal_of(data: bytes) -> str:
    with pytest.raises(Refused) as refused:
        make_files(data)
    return refused.value.problems[0].code


def test_a_large_picture_comes_in_three_widths_and_two_formats() -> None:
    files = make_files(make_picture(1600, 900))

    assert [(file.type, file.width) for file in files] == [
        *(("image/avif", width) for width in (400, 800, 1200)),
        *(("image/webp", width) for width in (400, 800, 1200)),
    ]
    for file in files:
        image = open_picture(file.data)
        assert f"image/{str(image.format).lower()}" == file.type
        assert image.size == (file.width, file.width * 9 // 16)


@pytest.mark.parametrize(
    ("width", "widths"), [(300, [300]), (400, [400]), (1000, [400, 800, 1000]), (1, [1])]
)
def test_nothing_is_enlarged(width: int, widths: list[int]) -> None:
    files = make_files(make_picture(width, 200))

    assert [file.width for file in files] == widths * 2


def test_nothing_is_cropped() -> None:
    for file in make_files(make_picture(500, 100)):
        image = open_picture(file.data).convert("RGB")
        assert _is_near(image.getpixel((2, image.height // 2)), RED)
        assert _is_near(image.getpixel((image.width - 3, image.height // 2)), BLUE)


@pytest.mark.parametrize("file_type", ["JPEG", "PNG", "WEBP"])
def test_no_metadata_goes_through(file_type: str) -> None:
    data = make_picture(500, 300, file_type=file_type, exif=make_exif())
    assert b"Snoopmaker" in data

    for file in make_files(data):
        image = open_picture(file.data)
        assert not image.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)
        assert b"Snoopmaker" not in file.data
        assert b"Exif" not in file.data


def test_a_picture_taken_upright_is_turned_before_its_exif_goes() -> None:
    files = make_files(make_picture(600, 300, exif=make_exif()))

    image = open_picture(files[0].data).convert("RGB")
    assert image.size == (300, 600)
    assert _is_near(image.getpixel((150, 20)), RED)
    assert _is_near(image.getpixel((150, 580)), BLUE)


def test_transparency_stays() -> None:
    clear = Image.new("RGBA", (100, 100), (*RED, 0))

    for file in make_files(encode(clear, "PNG")):
        assert open_picture(file.data).convert("RGBA").getpixel((50, 50))[3] == 0  # type: ignore[index]


@pytest.mark.parametrize(
    ("mode", "file_type"),
    [("P", "PNG"), ("L", "PNG"), ("1", "PNG"), ("CMYK", "JPEG"), ("LA", "PNG")],
)
def test_every_kind_of_colour_is_read(mode: str, file_type: str) -> None:
    files = make_files(make_picture(100, 50, mode=mode, file_type=file_type))

    left, right = (open_picture(files[0].data).convert("L").getpixel((x, 25)) for x in (10, 90))
    assert left != right


def test_sixteen_bits_of_grey_are_scaled_and_not_cut_off() -> None:
    grey = Image.new("I;16", (100, 100), 32_768)

    image = open_picture(make_files(encode(grey, "PNG"))[0].data).convert("L")

    assert abs(int(image.getpixel((50, 50))) - 128) < 4  # type: ignore[arg-type]


def test_colours_are_brought_to_srgb_where_a_profile_says_otherwise() -> None:
    data = make_picture(100, 50, icc_profile=_swap_red_and_blue())

    image = open_picture(make_files(data)[0].data).convert("RGB")

    assert _is_near(image.getpixel((10, 25)), (RED[2], RED[1], RED[0]))


def _swap_red_and_blue() -> bytes:
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red : red + 4], profile[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(profile)


def test_a_profile_of_other_colours_than_the_pictures_is_left_out() -> None:
    files = make_files(make_picture(100, 50, icc_profile=make_profile()))

    assert _is_near(open_picture(files[0].data).convert("RGB").getpixel((10, 25)), RED)


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = make_picture(500, 300)

    assert make_files(data) == make_files(data)


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7"]
)
def test_it_refuses_what_is_no_picture_in_an_accepted_format(data: bytes) -> None:
    assert _refusal_of(data) == "figure_unreadable"


@pytest.mark.parametrize("file_type", ["GIF", "TIFF", "BMP"])
def test_it_refuses_other_formats_whatever_they_are_named(file_type: str) -> None:
    assert _refusal_of(make_picture(20, 20, file_type=file_type)) == "figure_unreadable"


@pytest.mark.parametrize("file_type", ["JPEG", "PNG", "WEBP"])
def test_it_refuses_half_a_picture(file_type: str) -> None:
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    data = encode(noise, file_type)

    assert _refusal_of(data[: len(data) // 2]) == "figure_unreadable"


def test_it_refuses_an_animated_picture() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in (RED, BLUE)]
    data = encode(frames[0], "WEBP", save_all=True, append_images=frames[1:])

    assert _refusal_of(data) == "figure_moves"


def test_it_refuses_more_bytes_than_are_allowed() -> None:
    assert _refusal_of(b"\0" * (figure_sizes.MAX_BYTES + 1)) == "figure_too_large"


@pytest.mark.parametrize("side", [6_400, 9_600, 13_500])
def test_it_refuses_more_pixels_than_are_allowed_without_reading_them(side: int) -> None:
    """Some above our own limit, above the one at which Pillow warns, and above its last."""
    bomb = encode(Image.new("1", (side, side)), "PNG")
    assert len(bomb) < 100_000

    assert _refusal_of(bomb) == "figure_too_many_pixels"


def test_a_phone_s_picture_of_twelve_million_pixels_is_taken() -> None:
    image = Image.new("RGB", (4032, 3024), RED)

    assert len(make_files(encode(image, "JPEG"))) == 6
