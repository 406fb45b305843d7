"""Pictures to upload: made here, each as small as its point allows."""

import io
from typing import Any

from PIL import Image, ImageCms

RED, BLUE = (200, 30, 30), (30, 30, 200)


def make_picture(
    width: int = 1600, height: int = 900, *, mode: str = "RGB", file_type: str = "JPEG", **save: Any
) -> bytes:
    """Red on its left half, blue on its right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return encode(image.convert(mode), file_type, **save)


def encode(image: Image.Image, file_type: str, **save: Any) -> bytes:
    """The bytes of a file."""
    file = io.BytesIO()
    image.save(file, format=file_type, **save)
    return file.getvalue()


def make_exif() -> Image.Exif:
    """What a camera writes: its name, the place, and that it was held upright (turn by 90°)."""
    exif = Image.Exif()
    exif[0x010F] = "Snoopmaker"
    exif[0x0112] = 6
    exif[0x9C9C] = "secret comment".encode("utf-16-le")
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (51.0, 30.0, 26.0)
    gps[3], gps[4] = "W", (0.0, 7.0, 39.0)
    return exif


def make_profile() -> bytes:
    """A colour profile that is not sRGB, as bytes."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def open_picture(data: bytes) -> Image.Image:
    """The picture in these bytes, read to its end."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image
