"""Archives are what other programs read, with bytes that depend on their content alone."""

import io
import zipfile

from leafletpress.writers.archive import canonical, pack

MEMBERS = {"word/b.xml": b"two" * 1000, "[Content_Types].xml": b"types", "word/a.xml": b""}


def archive(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)
    return buffer.getvalue()


def test_an_archive_reads_back_with_the_types_first() -> None:
    with zipfile.ZipFile(io.BytesIO(canonical(archive(MEMBERS), {}))) as read:
        assert read.testzip() is None
        assert read.namelist() == ["[Content_Types].xml", "word/a.xml", "word/b.xml"]
        assert {name: read.read(name) for name in read.namelist()} == MEMBERS
        assert {member.date_time for member in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.external_attr >> 16 for member in read.infolist()} == {0o644}
        assert sum(member.compress_size for member in read.infolist()) < 100


def test_the_order_of_members_does_not_matter() -> None:
    turned = dict(reversed(MEMBERS.items()))
    assert canonical(archive(MEMBERS), {}) == canonical(archive(turned), {})


def test_what_is_packed_takes_the_place_of_its_name() -> None:
    with zipfile.ZipFile(io.BytesIO(canonical(archive(MEMBERS), {"word/a.xml": pack(b"a font")}))) as read:
        assert read.testzip() is None
        assert read.read("word/a.xml") == b"a font"
        assert read.read("word/b.xml") == MEMBERS["word/b.xml"]
