"""The tree of FHIR resources: where they stand, and what they say of files, for whoever checks it."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from typing import Any

from leafletpress.disk import parse_json
from leafletpress.model.papers import number
from leafletpress.publish.lookup import Place
from leafletpress.publish.manifest import Row
from leafletpress.publish.papers import id_of

FOLDER = "fhir"  # the base of these resources, in FHIR's sense: their relative addresses begin here
# A resource by its id, and, by code and language, what is current.
FHIR = re.compile(
    rf"{FOLDER}/(?:DocumentReference/[0-9a-f-]{{36}}|[a-z0-9-]+/[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9-]+)\.json"
)
URI = "urn:ietf:rfc:3986"  # the system of an identifier that is a URI
_SHA256 = "ni:///sha-256;"  # a file by its digest (RFC 6920)


@dataclass(frozen=True, slots=True)
class Attached:
    """What a resource says of a file: its address, its size in bytes, and its SHA-1 in Base64."""

    url: str
    size: int | None
    sha1: str | None


@dataclass(frozen=True, slots=True)
class Resource:
    """A DocumentReference as far as it can be checked: its files, its identifiers, and what it refers to."""

    files: tuple[Attached, ...]
    identifiers: frozenset[str]
    references: tuple[str, ...]


def resource_path(id_: str) -> str:
    """Where a DocumentReference stands, below the output folder."""
    return f"{FOLDER}/DocumentReference/{id_}.json"


def resource_of(row: Row, site: str) -> str:
    """Where that of a published document stands."""
    return resource_path(str(id_of(site, *row.key, number(row.version, row.revision), row.check_code)))


def bundle_path(place: Place) -> str:
    """Where what is current stands, by code and language, below the output folder."""
    return place.below(FOLDER)


def url_of(path: str) -> str:
    """The address of a published file in a resource: FHIR reads it from the base, wherever the resource stands."""
    return f"../{path}"


def address_of(url: str) -> str:
    """The path, from the output folder, that an address in a resource leads to; one with a scheme stays as it is."""
    return url if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//", url) else normpath(join(FOLDER, url))


def sha1_of(row: Row) -> str:
    """The SHA-1 of a document as an attachment has it; "" where it is not known."""
    return base64.b64encode(bytes.fromhex(row.sha1)).decode()


def sha256_of(row: Row) -> str:
    """The SHA-256 of a document as the URI of its content."""
    return f"{_SHA256}{base64.urlsafe_b64encode(bytes.fromhex(row.sha256 or '')).decode().rstrip('=')}"


def read_resources(content: bytes) -> list[Resource]:
    """The resources that a file of the tree holds; raises ValueError where it holds none."""
    found: Any = parse_json(content)
    try:
        some = [one["resource"] for one in found["entry"]] if found["resourceType"] == "Bundle" else [found]
        if not some or any(one["resourceType"] != "DocumentReference" for one in some):
            raise ValueError("it holds no DocumentReference")
        return [_resource(one) for one in some]
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError("it holds no DocumentReference") from error


def faulty(resource: Resource, row: Row) -> bool:
    """Whether what a resource says of the file of a row is not what the row says."""
    said = [one for one in resource.files if address_of(one.url) == row.path]
    right = all(one.size == row.bytes and (one.sha1 or "") == sha1_of(row) for one in said)
    return bool(said) and not (right and sha256_of(row) in resource.identifiers)


def _resource(content: Any) -> Resource:
    attachments = [one["attachment"] for one in content["content"]]
    files = (Attached(one["url"], one.get("size"), one.get("hash")) for one in attachments if "url" in one)
    references = (one["target"]["reference"] for one in content.get("relatesTo", ()))
    resource = Resource(
        files=tuple(files),
        identifiers=frozenset(one["value"] for one in content["identifier"]),
        references=tuple(f"{reference}.json" for reference in references),
    )
    if not all(isinstance(one, str) for one in _addresses(resource)):
        raise TypeError("an address is a text")
    return resource


def _addresses(resource: Resource) -> Iterator[str]:
    yield from (one.url for one in resource.files)
    yield from resource.references


def addresses(resource: Resource) -> list[str]:
    """Where a resource leads: paths from the output folder."""
    return [address_of(one) for one in _addresses(resource)]
