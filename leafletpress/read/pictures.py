"""Reads the pictures of leaflets and sites, and refuses what is no picture or too large for a page."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Any

from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.read.located.files import MOST_OF_ALL, Files
from leafletpress.read.metadata import bare

if TYPE_CHECKING:
    from PIL import Image

# A4 at 300 dots an inch has 9 megapixels; each of them takes four bytes of memory.
_MOST_PIXELS = 24_000_000
_MOST_BYTES = 10_000_000
_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")  # what a PDF for the archive can hold as it is
_MOST_TIMES = 20  # as long as wide
_JPEG_KINDS = (b"JFIF", b"Exif")
_CROP = f"at most {_MOST_TIMES} times as long as wide"
_ORIENTATION, _UPRIGHT = 0x0112, 1  # EXIF: how the camera was held
_MM_PER_INCH, _BELIEVABLE = 25.4, range(50, 2401)  # dots per inch; others were never meant
_HIGHEST = 150  # mm, half of A4
_SMALLER = "save it smaller: a page at 300 dots an inch has 2480 x 3508"


def read_picture(files: Files, name: str, called: str, place: Origin) -> bytes:
    """The content of a PNG or JPEG file, upright and without what is not seen of it, such as the place it was taken.

    Raises LeafletError at the place that names it; messages call it `called`.
    """
    try:
        content = files.content(name, MOST_OF_ALL)
    except LeafletError as error:
        (problem,) = error.problems
        raise LeafletError([Problem(place, f"{called} {problem.text}")]) from error
    return published(content, called, place)


def published(content: bytes, called: str, place: Origin) -> bytes:
    """The same of a content that is at hand."""

    # Imported when there is a picture: a build with nothing to do begins without it.
    from PIL import Image, UnidentifiedImageError

    def wrong(text: str, hint: str = "") -> LeafletError:
        return LeafletError([Problem(place, f"{called} {text}", hint)])

    if len(content) > _MOST_BYTES:
        raise wrong(f"has more than {_MOST_BYTES // 1_000_000} MB", _SMALLER)
    try:
        with warnings.catch_warnings(), _complete_alone():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is the lower one
            with Image.open(BytesIO(content), formats=("PNG", "JPEG")) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    size = f"{picture.width * picture.height / 1_000_000:.0f} megapixels"
                    raise wrong(f"has {size}, at most {_MOST_PIXELS // 1_000_000} fit", _SMALLER)
                if max(picture.size) > _MOST_TIMES * min(picture.size):
                    raise wrong(f"has {picture.width} x {picture.height} dots: too narrow to be seen", _CROP)
                if picture.mode not in _MODES:
                    raise wrong(f"has colours of the kind {picture.mode}", "save it as RGB, with 8 bits a colour")
                picture.load()
                if content.startswith(b"\xff\xd8") and content[6:10] not in _JPEG_KINDS:
                    raise wrong(
                        "is a JPEG without JFIF or Exif, which Word files can't hold", "save it anew as JPEG or PNG"
                    )
                return _published(picture, content)
    except UnidentifiedImageError as error:
        raise wrong("is neither PNG nor JPEG") from error
    except Image.DecompressionBombError as error:
        raise wrong(f"has far more than {_MOST_PIXELS // 1_000_000} megapixels", _SMALLER) from error
    except (OSError, SyntaxError, ValueError) as error:  # what Pillow raises on the way
        raise wrong("is damaged or cut off", "save it anew") from error


def printed_width(content: bytes) -> float | None:
    """How wide a picture is on paper by the dots per inch that its file tells, in mm; None where it tells none.

    One that would take most of a page's height is smaller.
    """
    from PIL import Image

    with Image.open(BytesIO(content)) as picture:
        dots = _dots_per_inch(picture)
        return min(picture.width / dots[0] * _MM_PER_INCH, _HIGHEST * picture.width / picture.height) if dots else None


def _published(picture: "Image.Image", content: bytes) -> bytes:
    """The file of a picture, turned as the camera was held, on white, without what is not seen of it."""
    if picture.getexif().get(_ORIENTATION, _UPRIGHT) == _UPRIGHT and not picture.has_transparency_data:
        kept = bare(content, _dots_per_inch(picture))
        if kept:
            return kept
    anew = _saved_as_seen(picture)
    return bare(anew, None) or anew


def _saved_as_seen(picture: "Image.Image") -> bytes:
    """The picture as a new file of its kind, a JPEG with the tables of the old one: as fine and as large as that."""
    from PIL import ImageOps, JpegImagePlugin

    dots = _dots_per_inch(picture)
    turned, buffer = ImageOps.exif_transpose(picture), BytesIO()
    if dots and picture.width * turned.height != picture.height * turned.width:  # it lay on its side
        dots = dots[::-1]
    kept: dict[str, Any] = {"icc_profile": picture.info.get("icc_profile"), **({"dpi": dots} if dots else {})}
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        kept |= {"qtables": picture.quantization, "subsampling": JpegImagePlugin.get_sampling(picture)}
    seen = _on_white(turned) if turned.has_transparency_data else turned
    seen.save(buffer, picture.format, **kept)
    return buffer.getvalue()


def _on_white(picture: "Image.Image") -> "Image.Image":
    """A transparent picture as it is on paper: printers make one picture of a page with anything transparent."""
    from PIL import Image

    seen = picture.convert("RGBA")
    white = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(white, seen).convert("L" if picture.mode in ("1", "L", "LA") else "RGB")


def _dots_per_inch(picture: "Image.Image") -> tuple[int, int] | None:
    """Across and down, None where the file tells none that anybody would mean."""
    across, down = (round(float(dots)) for dots in picture.info.get("dpi", (0, 0)))
    return (across, down) if across in _BELIEVABLE and down in _BELIEVABLE else None


@contextmanager
def _complete_alone() -> Iterator[None]:
    """Have Pillow refuse truncated pictures: WeasyPrint, once imported, has it accept them in the whole process."""
    from PIL import ImageFile

    earlier = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = earlier
