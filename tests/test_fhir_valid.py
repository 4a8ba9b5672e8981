"""HAPI's validator finds nothing wrong in any FHIR resource that we write, and what is wrong it finds."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from projects import read
from public import row
from test_fhir import CODES, HOSTILE, north, rows
from validators import hapi

from leafletpress.build.index import write_index
from leafletpress.build.library import Project, Wanted
from leafletpress.build.run import Order, build
from leafletpress.publish.beside import there
from leafletpress.publish.document_references import fhir_files
from leafletpress.publish.shelf import Shelf
from leafletpress.publish.verify import verify

Json = dict[str, Any]
WANTED = Wanted(locales=("en", "es", "ar"), formats=("html", "docx"))


def set_(name: str, value: object) -> Callable[[Json], None]:
    return lambda resource: resource.update({name: value})


def attached(name: str, value: object) -> Callable[[Json], None]:
    return lambda resource: resource["content"][0]["attachment"].update({name: value})


# Each fault with a word of what HAPI says of it.
FAULTS: dict[str, tuple[Callable[[Json], object], str]] = {
    "a state that is none": (set_("status", "withdrawn"), "withdrawn"),
    "a state of the document that is none": (set_("docStatus", "draft"), "draft"),
    "no file": (lambda resource: resource.pop("content"), "minimum required = 1"),
    "a day without a time": (set_("date", "2026-11-30"), "instant"),
    "an unknown element": (set_("audience", "patient"), "audience"),
    "a role that is none": (
        lambda resource: resource["category"][0]["coding"][0].update(code="PATIENT"),
        "PATIENT",
    ),
    "a hash that is no Base64": (attached("hash", "ab!"), "base64"),
    "a size that is no number": (attached("size", "11"), "number"),
    "a URI that is none": (lambda resource: resource["identifier"][0].update(value="warts"), "URI"),
    "a direction left open": (set_("description", "\u202eabc"), "bi-di"),
}


@dataclass(frozen=True)
class Checked:
    """Folders of resources, what was found in each file by its path, and what in each with a fault."""

    built: Path
    found: dict[Path, list[str]]
    faults: dict[str, list[str]]


@pytest.fixture(scope="module")
def checked(shared_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """The resources of a build, those of papers in all states, and some with a fault: one start of Java for all."""
    built, made, wrong = (tmp_path_factory.mktemp("fhir") / name for name in ("out", "made", "wrong"))
    build(shared_project, Order(WANTED, built, "out", workers=1))
    write_index(shared_project, None, built, "out")
    public = north(read(shared_project))
    hostile = row("zh_Hans", "clinician", title=HOSTILE, codes=CODES, check_code=HOSTILE[:6], status="approved")
    resources = dict(fhir_files(Shelf([*rows(), hostile]), public))
    for path, content in resources.items():
        (made / path).parent.mkdir(parents=True, exist_ok=True)
        (made / path).write_bytes(content)
    wrong.mkdir()
    good = next(content for path, content in resources.items() if b'"current"' in content and b'"coding"' in content)
    for number, (harm, _) in enumerate(FAULTS.values()):
        resource = json.loads(good)
        harm(resource)
        (wrong / f"{number}.json").write_text(json.dumps(resource), encoding="utf-8")
    paths = [*(built / path for path in there(built) if path.startswith("fhir/")), *(made / path for path in resources)]
    found = hapi([*paths, *wrong.iterdir()])
    return Checked(
        built,
        {path: found[path.resolve()] for path in paths},
        {name: found[(wrong / f"{number}.json").resolve()] for number, name in enumerate(FAULTS)},
    )


def test_nothing_is_wrong_with_what_we_write(checked: Checked) -> None:
    states = {json.loads(path.read_text(encoding="utf-8")).get("status", "a Bundle") for path in checked.found}
    assert states == {"current", "superseded", "entered-in-error", "a Bundle"}
    assert {path.name: said for path, said in checked.found.items() if said} == {}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_is_found(checked: Checked, fault: str) -> None:
    assert any(FAULTS[fault][1] in said for said in checked.faults[fault]), checked.faults[fault]


def test_what_a_build_says_of_its_files_is_true_of_them(checked: Checked) -> None:
    verified = verify(checked.built, "out")
    assert verified.problems == ()
    attachments = [
        (path, one["attachment"])
        for path in sorted((checked.built / "fhir" / "DocumentReference").iterdir())
        for one in json.loads(path.read_text(encoding="utf-8"))["content"]
    ]
    assert len(attachments) == verified.files == 2 * 3 * 2
    for _, said in attachments:
        content = (checked.built / "fhir" / said["url"]).read_bytes()
        assert said["size"] == len(content)
        assert base64.b64decode(said["hash"]) == hashlib.sha1(content, usedforsecurity=False).digest()
