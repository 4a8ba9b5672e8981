"""What a PDF says of itself: which leaflet it is, when it was made, how it is printed, how its pages are called."""

import re
from datetime import datetime

import pikepdf
import pytest
from shipped import EDITIONS, OFFERED, Shipped

each_pdf = pytest.mark.parametrize(
    ("locale", "audience", "edition"),
    [(*pair, name) for pair in OFFERED for name in EDITIONS if pair[0] in ("en", "ar", "zh_Hans")],
)


@pytest.fixture
def document(shipped: Shipped, locale: str, audience: str, edition: str) -> pikepdf.Pdf:
    path = shipped.path(locale, audience, "pdf", edition)
    if not path.exists():
        pytest.skip("no such edition")
    return pikepdf.open(path)


@each_pdf
def test_the_leaflets_code_version_and_state_can_be_found_without_reading_pdf(
    shipped: Shipped, document: pikepdf.Pdf, locale: str, audience: str, edition: str
) -> None:
    handout = shipped.handouts[locale, audience]
    content = shipped.content(locale, audience, "pdf", edition)
    packet = content[content.index(b"<?xpacket begin") : content.index(b"<?xpacket end")].decode()
    assert 'xmlns:leaflet="urn:leafletpress:leaflet#"' in packet
    assert f'leaflet:code="{handout.code}"' in packet
    assert f'leaflet:version="{handout.version}"' in packet
    assert f'leaflet:check_code="{handout.check_code}"' in packet
    assert f'leaflet:status="{handout.status}"' in packet
    for name, key in (("CreateDate", "/CreationDate"), ("ModifyDate", "/ModDate")):
        (said,) = re.findall(f"<xmp:{name}>(.*?)</xmp:{name}>", packet)
        assert said == f"{handout.dated}T00:00:00+00:00"
        assert f"D:{datetime.fromisoformat(said):%Y%m%d%H%M%S}+00'00" == str(document.docinfo[key])


@each_pdf
@pytest.mark.usefixtures("locale", "audience")
def test_it_is_printed_at_its_size(document: pikepdf.Pdf, edition: str) -> None:
    assert document.Root.ViewerPreferences.PrintScaling == "/None", edition


@each_pdf
@pytest.mark.usefixtures("locale", "audience")
def test_pages_are_called_by_their_numbers(document: pikepdf.Pdf, edition: str) -> None:
    labels = [str(page.label) for page in document.pages]
    if EDITIONS[edition].folded:  # two pages on each side
        pages = sorted(int(number) for label in labels for number in label.split(" | "))
        assert pages == list(range(1, len(pages) + 1))
        assert labels[0].endswith(" | 1") or labels[0].startswith("1")
    else:
        assert labels == [str(number) for number in range(1, len(labels) + 1)]
