"""Whether each text has the number that it needs: a version or revision that nothing else was published under."""

from collections.abc import Iterable, Iterator
from datetime import date

from leafletpress.build.library import Library
from leafletpress.build.project import refuse_unknown
from leafletpress.compose.handouts import Composition
from leafletpress.model.digests import english_digest
from leafletpress.model.leaflet import UNFILLED, Leaflet
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.model.releases import RELEASES_FILE, Releases, text_version, unnumbered_in, version_key
from leafletpress.model.text.markup import parse
from leafletpress.read.bumped import bumped_leaflet, raised
from leafletpress.read.conditions import conditions
from leafletpress.read.languages.settings import catalog_file
from leafletpress.read.leaflets import read_leaflet
from leafletpress.read.located.files import Files
from leafletpress.read.releases import read_releases, release_places
from leafletpress.read.templates import read_audiences


def version_problems(library: Library, compositions: Iterable[Composition]) -> Iterator[Problem]:
    """Texts that changed under a number that was published, and what was published and is made no more."""
    made = set()
    for handout in (composition.handout for composition in compositions):
        key = handout.condition, handout.locale, handout.audience
        made.add(key)
        found = unnumbered_in(library.releases, key, text_version(handout))
        if found and found.part == "version":
            origin, hint = library.leaflets[handout.condition].version_origin, f"{handout.condition} --why TEXT"
            yield Problem(origin, found.text, f"raise the version: leafletpress bump {hint}")
        elif found:
            place = Origin(catalog_file(handout.locale, handout.condition), 1, 1)
            yield Problem(place, found.text, "raise the revision: leafletpress catalogs update")
    gone = sorted(key for key in library.releases if key not in made and _is_read(library, key[0], key[1]))
    places = release_places(library.files) if gone else {}
    for key in gone:
        condition, locale, audience = key
        text = f'"{condition}" in "{locale}" for "{audience}" was published, and the project does not make it'
        yield Problem(places[key], text, "its row stays; see to it that no paper of it is used", "warning")


def bumped(files: Files, condition: str, why: str, today: date, *, major: bool) -> tuple[str, bytes, str]:
    """The name of a leaflet's file, its content with the next version and the reason why, and that version.

    Raises LeafletError: (2) for a condition that is none, a reason that can't be printed, or where no new version is
    needed; (1) where leaflet or releases have problems.
    """
    refuse_unknown({"condition": ((condition,), conditions(files))})
    audiences = tuple(read_audiences(files))
    leaflet, releases = read_leaflet(files, condition, audiences), read_releases(files)
    place = leaflet.version_origin
    why = " ".join(why.split())
    pieces, faults = parse(why)
    said = [Problem(Origin("--why"), fault.text, fault.hint) for fault in faults]
    if not why or UNFILLED in why or any(piece.kind != "words" or piece.link for piece in pieces):
        said.append(Problem(Origin("--why"), "a change is told in words", "say what is new, for patients and nurses"))
    last = last_version(releases, condition)
    if last is None:
        text = "nothing of this leaflet was published, so its version may stay"
        said.append(Problem(place, text, f"what was published is in {RELEASES_FILE}"))
    elif version_key(leaflet.version) > version_key(last):
        text = f"version {leaflet.version} has not been published, so it may stay"
        said.append(Problem(place, text, f"published last: version {last}"))
    elif not changed_since(releases, leaflet):
        said.append(Problem(place, f"nothing changed since version {last} was published"))
    if today < leaflet.written:
        said.append(Problem(place, f"it was written on {leaflet.written}, and today is {today}", "look at the clock"))
    if said:
        raise LeafletError(said, ExitCode.USAGE)
    version = raised(max(leaflet.version, last or "", key=lambda one: version_key(one or "0")), major=major)
    return *bumped_leaflet(files, leaflet, version, today, why, audiences), version


def last_version(releases: Releases, condition: str) -> str | None:
    """The highest version of a leaflet that was published in any language, None where none was."""
    versions = (one.text.version for (of, _, _), one in releases.items() if of == condition)
    return max(versions, key=version_key, default=None)


def changed_since(releases: Releases, leaflet: Leaflet) -> bool:
    """Whether what any audience reads differs from what was published as the highest version."""
    last = last_version(releases, leaflet.condition)
    latest: dict[str, set[str]] = {}
    for (condition, _, audience), release in releases.items():
        if condition == leaflet.condition and release.text.version == last:
            latest.setdefault(audience, set()).add(release.text.english)
    return any(found != {english_digest(leaflet, audience)} for audience, found in latest.items())


def _is_read(library: Library, condition: str, locale: str) -> bool:
    """Whether all of it could be read that there is: what is broken is reported elsewhere."""
    files = library.files
    has_leaflet, has_locale = files.holds(f"leaflets/{condition}.yaml"), files.holds(f"locales/{locale}/locale.toml")
    return (condition in library.leaflets or not has_leaflet) and (locale in library.locales or not has_locale)
