"""What was published last of each handout, and what may not be published after it under the same number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, Protocol

from leafletpress.model.locale import SOURCE

RELEASES_FILE = "published.toml"
Key = tuple[str, str, str]  # condition, locale, audience


@dataclass(frozen=True, slots=True)
class TextVersion:
    """Which text: the version of the English, the revision of its translation, and the digests of both.

    Where nothing is translated, `revision` and `translation` are None.
    """

    version: str
    revision: int | None
    english: str
    translation: str | None


class _Numbered(Protocol):
    """What has a text version: a handout, a row of a manifest."""

    @property
    def version(self) -> str: ...
    @property
    def revision(self) -> int | None: ...
    @property
    def english(self) -> str: ...
    @property
    def translation(self) -> str | None: ...


def text_version(of: _Numbered) -> TextVersion:
    """Which text a handout, or a document of a manifest, holds."""
    return TextVersion(of.version, of.revision, of.english, of.translation)


@dataclass(frozen=True, slots=True)
class Release:
    """A text that was published, the day on which it was first, and that since which the project does not make it."""

    text: TextVersion
    day: date
    gone: date | None = None


Releases = Mapping[Key, Release]


@dataclass(frozen=True, slots=True)
class Unnumbered:
    """A text that changed and kept its number: that of the English (`version`) or of the translation (`revision`)."""

    part: Literal["version", "revision"]
    text: str


def unnumbered(last: Release | None, now: TextVersion) -> Unnumbered | None:
    """Why a text must not follow the one that was published last: the number that does not tell them apart."""
    if last is None:
        return None
    before = last.text
    if version_key(now.version) < version_key(before.version):
        text = f"version {now.version} is lower than {before.version}, which was published on {last.day}"
        return Unnumbered("version", text)
    if version_key(now.version) > version_key(before.version):
        return None
    if now.english != before.english:
        text = f"the text is not the one that was published as version {before.version} on {last.day}"
        return Unnumbered("version", text)
    if now.translation != before.translation and (now.revision or 0) <= (before.revision or 0):
        named = f"revision {before.revision} of version {before.version}"
        text = f"the translation is not the one that was published as {named} on {last.day}"
        return Unnumbered("revision", text)
    return None


def unnumbered_in(releases: Releases, key: Key, now: TextVersion) -> Unnumbered | None:
    """As `unnumbered`, after all that was published: a new language too is held to the English that its version was."""
    condition, _, audience = key
    english = releases.get((condition, SOURCE, audience))
    if english:
        theirs = replace(english.text, revision=now.revision, translation=now.translation)
        english = replace(english, text=theirs)
    return unnumbered(releases.get(key), now) or unnumbered(english, now)


def version_key(version: str) -> tuple[int, ...]:
    """Versions in order: 0.9 is before 0.10, and 1 is 1.0."""
    numbers = [int(number) for number in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def with_published(releases: Releases, texts: Mapping[Key, TextVersion], day: date) -> dict[Key, Release]:
    """The releases after these texts were published on a day; those of texts that were published before stay."""
    new = {key: Release(text, day) for key, text in texts.items() if key not in releases or releases[key].text != text}
    return {**releases, **new}


def with_gone(releases: Releases, made: Callable[[Key], bool], day: date) -> dict[Key, Release]:
    """The releases, those that the project does not make with the day since when: this one where it is not known."""
    return {key: replace(one, gone=None if made(key) else one.gone or day) for key, one in releases.items()}
