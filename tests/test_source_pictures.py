"""A picture is read whole, or what is wrong with it is told before a writer sees it."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageCms, ImageFile
from PIL.PngImagePlugin import PngInfo
from projects import VALID

from leafletpress.model.problems import LeafletError, Origin
from leafletpress.read.located.files import Files
from leafletpress.read.pictures import printed_width, read_picture

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


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_a_picture_is_read_as_it_is(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(drawn(mode))
    assert read_picture(Files(tmp_path), path.name, "picture", PLACE) == drawn(mode)


@pytest.mark.parametrize(("mode", "opaque", "grey"), [("LA", "L", 147), ("RGBA", "RGB", 147), ("P", "RGB", 40)])
def test_a_transparent_picture_is_read_as_it_is_on_white(tmp_path: Path, mode: str, opaque: str, grey: int) -> None:
    path = tmp_path / "x.png"
    half = (40, 128) if mode == "LA" else 40 if mode == "P" else (40, 40, 40, 128)
    picture = Image.new(mode, (40, 30), 0)  # a colour of a palette is seen through wholly or not at all
    picture.paste(half, (20, 0, 40, 30))
    if mode == "P":
        picture.putpalette([shade for shade in range(256) for _ in "rgb"])
        picture.info["transparency"] = 0
    picture.save(path, dpi=(300, 300))
    with Image.open(BytesIO(read_picture(Files(tmp_path), path.name, "picture", PLACE))) as read:
        assert (read.mode, read.size, read.has_transparency_data) == (opaque, (40, 30), False)
        assert tuple(round(dot) for dot in read.info["dpi"]) == (300, 300)
        seen = read.convert("L")
        assert (seen.getpixel((0, 0)), seen.getpixel((30, 9))) == (255, grey)


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


# What a camera writes into a file: how it was held, where it was, what it is, and words of whoever took the picture.
WHERE = "Ward 7, bed 3"


def taken(kind: str, orientation: int, dpi: tuple[int, int] | None = None) -> bytes:
    """A picture of 60 x 40 dots, red in its upper left quarter and blue else, as a camera saves it."""
    picture = Image.new("RGB", (60, 40), "blue")
    picture.paste("red", (0, 0, 30, 20))
    # Turned against what the orientation asks for, so that it is upright once that is heeded.
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    if orientation in undo:
        picture = picture.transpose(Image.Transpose(undo[orientation]))
    exif = Image.Exif()
    exif[0x0112], exif[0x010E], exif[0x010F] = orientation, WHERE, "Camera of A. Nurse"
    if dpi:
        exif[0x011A], exif[0x011B], exif[0x0128] = float(dpi[0]), float(dpi[1]), 2
    exif.get_ifd(0x8825).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)})
    buffer = BytesIO()
    if kind == "PNG":
        about = PngInfo()
        about.add_text("Comment", WHERE)
        about.add_itxt("XML:com.adobe.xmp", WHERE)
        picture.save(buffer, kind, exif=exif, pnginfo=about, dpi=dpi)
    else:
        picture.save(buffer, kind, exif=exif, comment=WHERE, xmp=WHERE.encode(), quality=95)
    return buffer.getvalue()


def read(tmp_path: Path, content: bytes, kind: str) -> bytes:
    path = tmp_path / f"x.{kind.lower()}"
    path.write_bytes(content)
    return read_picture(Files(tmp_path), path.name, "picture", PLACE)


def without_jfif(content: bytes) -> bytes:
    """A JPEG as cameras write it: its head of Exif stands first."""
    assert content[2:4] == b"\xff\xe0"
    return content[:2] + content[4 + int.from_bytes(content[4:6], "big") :]


each_kind = pytest.mark.parametrize("kind", ["PNG", "JPEG"])


@each_kind
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_the_camera_was_held(tmp_path: Path, kind: str, orientation: int) -> None:
    with Image.open(BytesIO(read(tmp_path, taken(kind, orientation), kind))) as found:
        assert found.size == (60, 40)
        shown = found.convert("RGB")
        corners = [shown.getpixel(at) for at in ((5, 5), (55, 5), (5, 35), (55, 35))]
        assert found.getexif().get(0x0112, 1) == 1
    names = ["red" if corner[0] > 200 > 60 > corner[2] else "blue" for corner in corners if isinstance(corner, tuple)]
    assert names == ["red", "blue", "blue", "blue"]


@each_kind
@pytest.mark.parametrize("orientation", [1, 6])
def test_nothing_tells_where_and_by_whom_a_picture_was_taken(tmp_path: Path, kind: str, orientation: int) -> None:
    content = taken(kind, orientation)
    assert WHERE.encode() in content
    found = read(tmp_path, content, kind)
    assert not [word for word in (WHERE.encode(), b"Nurse", b"Exif", b"GPS", b"xmp", b"eXIf") if word in found]
    with Image.open(BytesIO(found)) as picture:
        assert not picture.getexif()
        assert not set(picture.info) & {"exif", "xmp", "comment", "Comment", "XML:com.adobe.xmp"}


def test_what_a_file_holds_behind_the_picture_is_left_out(tmp_path: Path) -> None:
    for kind in ("PNG", "JPEG"):
        content = drawn("RGB", kind=kind)
        assert read(tmp_path, content + taken("JPEG", 1), kind) == content


@each_kind
def test_dots_and_colours_stay_as_they_are(tmp_path: Path, kind: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = Image.effect_noise((64, 48), 80).convert("RGB")
    buffer = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    about = {"progressive": True} if kind == "JPEG" else {}
    picture.save(buffer, kind, exif=exif, icc_profile=profile, dpi=(300, 300), **about)
    found = read(tmp_path, buffer.getvalue(), kind)
    assert len(found) < len(buffer.getvalue())
    with Image.open(BytesIO(buffer.getvalue())) as before, Image.open(BytesIO(found)) as after:
        assert ImageChops.difference(before.convert("RGB"), after.convert("RGB")).getbbox() is None
        assert after.info["icc_profile"] == profile
        assert after.info["dpi"] == pytest.approx((300, 300), abs=1)


@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photograph_of_a_camera_gets_the_head_that_word_wants(tmp_path: Path, orientation: int) -> None:
    found = read(tmp_path, without_jfif(taken("JPEG", orientation, (200, 200))), "JPEG")
    assert found[6:10] == b"JFIF"
    with Image.open(BytesIO(found)) as picture:
        assert picture.info["dpi"] == (200, 200)


def test_a_photograph_in_colours_of_its_own_keeps_them(tmp_path: Path) -> None:
    buffer = BytesIO()
    picture = Image.new("RGB", (60, 40), (200, 30, 90))
    picture.save(buffer, "JPEG", keep_rgb=True, exif=Image.Exif(), quality=95)
    exif = Image.Exif()
    exif[0x010F] = "Camera"
    head = b"Exif\0\0" + exif.tobytes()[6:]
    adobe = b"\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0"
    content = buffer.getvalue()
    content = content if content[2:4] != b"\xff\xe0" else without_jfif(content)
    rest = content[2:] if b"Adobe" in content else adobe + content[2:]
    own = b"\xff\xd8\xff\xe1" + (len(head) + 2).to_bytes(2, "big") + head + rest
    with Image.open(BytesIO(own)) as before, Image.open(BytesIO(read(tmp_path, own, "JPEG"))) as after:
        wanted, found = before.convert("RGB").getpixel((9, 9)), after.convert("RGB").getpixel((9, 9))
    assert wanted == pytest.approx((200, 30, 90), abs=3)
    assert found == pytest.approx(wanted, abs=6)


@pytest.mark.parametrize(("dpi", "width"), [((300, 300), 60 / 300 * 25.4), (None, None), ((1, 1), None)])
def test_the_width_on_paper_is_that_of_the_dots_per_inch(
    tmp_path: Path, dpi: tuple[int, int] | None, width: float | None
) -> None:
    for kind in ("PNG", "JPEG"):
        buffer = BytesIO()
        Image.new("RGB", (60, 40)).save(buffer, kind, **({"dpi": dpi} if dpi else {}))
        found = printed_width(read(tmp_path, buffer.getvalue(), kind))
        assert found == (pytest.approx(width, abs=0.1) if width else None)


def test_a_high_picture_takes_half_a_page_at_the_most() -> None:
    buffer = BytesIO()
    Image.new("RGB", (600, 1200)).save(buffer, "PNG", dpi=(72, 72))
    assert printed_width(buffer.getvalue()) == pytest.approx(75)


def test_a_picture_on_its_side_takes_the_dots_per_inch_with_it(tmp_path: Path) -> None:
    found = read(tmp_path, taken("PNG", 6, (100, 200)), "PNG")
    with Image.open(BytesIO(found)) as picture:
        assert picture.info["dpi"] == pytest.approx((200, 100), abs=1)
