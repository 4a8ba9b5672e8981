"""A picture is read whole, or what is wrong with it is told before a writer sees it."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFile
from projects import VALID

from leafletpress.model.problems import LeafletError, Origin
from leafletpress.read.located.files import Files
from leafletpress.read.pictures import read_picture

PLACE = Origin("leaflets/x.yaml", 3, 9)


def drawn(mode: str, width: int = 40, height: int = 30, *, kind: str = "PNG") -> bytes:
    buffer = BytesIO()
    Image.new(mode, (width, height)).save(buffer, kind)
    return buffer.getvalue()


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def boast(width: int, height: int) -> bytes:
    """A PNG that says that it is so large and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def problem(tmp_path: Path, content: bytes) -> str:
    path = tmp_path / "x.png"
    path.write_bytes(content)
    with pytest.raises(LeafletError) as caught:
        read_picture(Files(tmp_path), path.name, 'picture "x.png"', PLACE)
    (found,) = caught.value.problems
    assert found.origin == PLACE
    return found.text


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_a_picture_is_read_as_it_is(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(drawn(mode))
    assert read_picture(Files(tmp_path), path.name, "picture", PLACE) == drawn(mode)


def test_a_photograph_of_24_megapixels_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.jpg"
    path.write_bytes(drawn("L", 6000, 4000, kind="JPEG"))
    assert read_picture(Files(tmp_path), path.name, "picture", PLACE)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (drawn("1", 10_000, 10_000), "has 100 megapixels, at most 24 fit"),
        (boast(60_000, 60_000), "has far more than 24 megapixels"),
        (boast(12_000, 9_000), "has 108 megapixels, at most 24 fit"),
        (boast(1_000, 1_000), "is damaged or cut off"),
        (drawn("RGB")[:60], "is damaged or cut off"),
        (drawn("RGB", kind="JPEG")[:-200], "is damaged or cut off"),
        (drawn("RGB")[:20], "is damaged or cut off"),
        (drawn("RGB", kind="GIF"), "is neither PNG nor JPEG"),
        (b"", "is neither PNG nor JPEG"),
        (b"<svg/>", "is neither PNG nor JPEG"),
        (drawn("CMYK", kind="JPEG"), "has colours of the kind CMYK"),
        (drawn("1", 1, 21), "has 1 x 21 dots: too narrow to be seen"),
        (
            drawn("RGB", kind="JPEG").replace(b"JFIF", b"ODD!"),
            "is a JPEG without JFIF or Exif, which Word files can't hold",
        ),
        (drawn("I;16"), "has colours of the kind I;16"),
        (drawn("L") + bytes(10_000_000), "has more than 10 MB"),
    ],
    ids=["100_megapixels", "bomb", "warning", "boast", "cut_off", "cut_off_jpeg", "head_alone", "gif", "empty", "text",
         "cmyk", "strip", "odd_jpeg", "16_bit", "10_megabytes"],
)  # fmt: skip
def test_what_is_wrong_with_a_picture_is_told(tmp_path: Path, content: bytes, said: str) -> None:
    assert problem(tmp_path, content) == f'picture "x.png" {said}'


def test_a_picture_that_is_not_there_or_is_a_folder_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.png", tmp_path):
        with pytest.raises(LeafletError, match=r"^leaflets/x\.yaml:3:9: picture can't be read: "):
            read_picture(Files(tmp_path), path.name, "picture", PLACE)


def test_a_picture_that_is_cut_off_is_told_though_a_library_lets_it_pass(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does when it is imported
    assert problem(tmp_path, drawn("RGB")[:60]).endswith("is damaged or cut off")
    assert ImageFile.LOAD_TRUNCATED_IMAGES


def test_a_large_picture_is_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(_image: object) -> None:
        raise AssertionError("decoded")

    monkeypatch.setattr(Image.Image, "load", decode)
    assert "megapixels" in problem(tmp_path, boast(10_000, 10_000))


def test_what_is_printed_in_the_tests_is_a_picture() -> None:
    assert read_picture(Files(VALID), "dots.png", "picture", PLACE)
