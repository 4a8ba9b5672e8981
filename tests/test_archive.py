"""Archives are what other programs read, with bytes that depend on their content alone."""

import io
import zipfile

from leafletpress.write.word.package import archive, pack

MEMBERS = {"word/b.xml": b"two" * 1000, "[Content_Types].xml": b"types", "word/a.xml": b""}
PACKED = {name: pack(content) for name, content in MEMBERS.items()}


def test_an_archive_reads_back_with_the_types_first() -> None:
    with zipfile.ZipFile(io.BytesIO(archive(PACKED))) as read:
        assert read.testzip() is None
        assert read.namelist() == ["[Content_Types].xml", "word/a.xml", "word/b.xml"]
        assert {name: read.read(name) for name in read.namelist()} == MEMBERS
        assert {member.date_time for member in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.external_attr >> 16 for member in read.infolist()} == {0o644}
        assert sum(member.compress_size for member in read.infolist()) < 100


def test_the_order_of_members_does_not_matter() -> None:
    assert archive(PACKED) == archive(dict(reversed(PACKED.items())))
