"""An uploaded picture made into the files that readers get: several widths, two formats, no crop.

Only pixels go through: EXIF with its place and camera, comments, colour profiles (after their use)
and thumbnails stay behind. Pure: bytes in, bytes out.
"""

import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PIL import Image, ImageCms, ImageOps

from calfcms.publishing.problem import Refused, refuse

WIDTHS: Final = (400, 800, 1200)
"""Pixels. Smaller pictures keep their own width; nothing is enlarged."""
MAX_BYTES: Final = 15 * 1024 * 1024
MAX_PIXELS: Final = 40_000_000
FORMATS: Final = ("PNG", "JPEG", "WEBP")
ENCODINGS: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("avif", {"quality": 60, "speed": 8}),
    ("webp", {"quality": 80, "method": 4}),
)
"""The better one first: a browser takes the first that it knows."""

# What Pillow only warns of, from half of its own limit on, is refused too.
warnings.filterwarnings("error", category=Image.DecompressionBombWarning)


@dataclass(frozen=True)
class FigureFile:
    """One file of a figure."""

    data: bytes
    width: int
    extension: str

    @property
    def type(self) -> str:
        """Its media type."""
        return f"image/{self.extension}"


def make_files(data: bytes) -> list[FigureFile]:
    """The files of an uploaded picture, each format from narrow to wide.

    Raises `Refused` where it is no picture that can be read, or too large.
    """
    picture = _read_picture(data)
    widths = [width for width in WIDTHS if width < picture.width]
    widths.append(min(picture.width, WIDTHS[-1]))
    scaled = [_scale(picture, width) for width in sorted(set(widths))]
    return [
        FigureFile(_encode(image, name, options), image.width, name)
        for name, options in ENCODINGS
        for image in scaled
    ]


def _read_picture(data: bytes) -> Image.Image:
    if len(data) > MAX_BYTES:
        raise refuse(
            "figure_too_large",
            f"The file has {len(data) / 1024 / 1024:.1f} MB; "
            f"{MAX_BYTES // 1024 // 1024} are allowed.",
            "Save it smaller, or as JPEG: 1200 pixels of width are all that readers get.",
        )
    image = _attempt(lambda: Image.open(io.BytesIO(data), formats=FORMATS))
    _refuse_unfit(image)
    image.draft("RGB", (2 * WIDTHS[-1], 2 * WIDTHS[-1]))  # a JPEG is read at a fitting size
    turned = _attempt(lambda: ImageOps.exif_transpose(image))
    return _keep_pixels_only(_to_srgb(turned))


def _attempt(read: Callable[[], Image.Image]) -> Image.Image:
    """Read, and refuse whatever Pillow stumbles over: it raises what its parsers raise."""
    try:
        return read()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _refuse_pixels(str(error)) from error
    except Exception as error:
        raise refuse(
            "figure_unreadable",
            "This is no whole picture in PNG, JPEG or WebP.",
            "Open it in a picture editor and export it as PNG or JPEG.",
        ) from error


def _refuse_unfit(image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise _refuse_pixels(f"It has {image.width} × {image.height} pixels.")
    if getattr(image, "n_frames", 1) > 1:
        raise refuse(
            "figure_moves",
            "This picture is animated.",
            "Export one frame: moving pictures distract from the text and are not shown.",
        )


def _refuse_pixels(found: str) -> Refused:
    return refuse(
        "figure_too_many_pixels",
        f"The picture is too large to read: {found}",
        f"Scale it to at most {MAX_PIXELS // 1_000_000} million pixels first.",
    )


def _to_srgb(image: Image.Image) -> Image.Image:
    """Colours as every screen shows them; the profile that said otherwise has done its work."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    if image.mode.startswith("I"):  # 16 bits of grey, which would be cut off rather than scaled
        return image.convert("I").point(lambda value: value / 256).convert("L").convert(mode)
    profile = image.info.get("icc_profile")
    if image.mode in ("P", "PA", "LA", "1", "La", "RGBa"):
        image = image.convert(mode)
    return (_apply_profile(image, profile, mode) if profile else None) or image.convert(mode)


def _apply_profile(image: Image.Image, profile: bytes, mode: str) -> Image.Image | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode=mode)
    except (ImageCms.PyCMSError, OSError):
        return None  # a broken profile says nothing


def _keep_pixels_only(image: Image.Image) -> Image.Image:
    clean = Image.new(image.mode, image.size)
    clean.paste(image)
    return clean


def _scale(image: Image.Image, width: int) -> Image.Image:
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS)


def _encode(image: Image.Image, name: str, options: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    image.save(file, format=name.upper(), **options)
    return file.getvalue()
