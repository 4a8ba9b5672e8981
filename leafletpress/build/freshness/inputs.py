"""Which files a leaflet in a language is made of, and what is in them: content hashes, because timestamps lie."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

from leafletpress.build.freshness.keys import Made, code_digest, digest, program, program_digest
from leafletpress.build.freshness.ledger import Noted
from leafletpress.build.project import Settings, Unit
from leafletpress.model.edition import Edition
from leafletpress.model.handout import Handout
from leafletpress.model.leaflet import FURNITURE, Leaflet, is_in
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import Problem
from leafletpress.model.releases import RELEASES_FILE
from leafletpress.read.languages.settings import lineage
from leafletpress.read.located.files import Files, file_digest
from leafletpress.read.releases import rows_digest
from leafletpress.read.signoffs import signoffs_file
from leafletpress.read.templates import REPORT, template_file_names
from leafletpress.write.fonts import NAMED, font_names, font_path


class Inputs:
    """The inputs of one build; `leaflets` is what was noted of each when it was last read, and `learn` keeps it so."""

    def __init__(self, files: Files, settings: Settings, leaflets: dict[str, Noted]) -> None:
        self._files, self._settings, self._leaflets = files, settings, leaflets
        self._digests: dict[str, str] = {}
        logo = [f"sites/{settings.site.logo[0]}"] if settings.site.logo else []
        templates = [name for name in files.names("templates/**/*") if not name.startswith(f"templates/{REPORT}/")]
        self._published = rows_digest(files)
        self._staff = () if settings.site.staff == SOURCE else lineage(settings.site.staff)
        self._shared = (*templates, f"sites/{settings.site.id}.toml", *logo)

    def digest(self, unit: Unit) -> str:
        """The digest of all that a unit is made of."""
        return digest(
            self._known("shared", lambda: self._shared),
            self._known(f"language {unit.locale}", lambda: self._of_locale(unit.locale)),
            self._known(f"leaflet {unit.condition}", lambda: self._of_leaflet(unit.condition)),
            *self._parts(self._own(unit)),
            self._releases(unit),
        )

    def of(self, unit: Unit) -> dict[str, str]:
        """All that a unit is made of: digests of files, "" for one that is not there, and versions by name.

        Of the file of releases, what it says of the unit: that decides whether a release may publish it.
        """
        published = {RELEASES_FILE: self._releases(unit)}
        return {**{name: self._digest(name) for name in self.names(unit)}, **published, **program()}

    def problems_of(self, unit: Unit, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Those of these problems that are in a file which the unit is made of."""
        others = {f"leaflets/{other}.yaml" for other in self._leaflets.get(unit.condition, Noted()).linked}
        names = {*self.names(unit), RELEASES_FILE} - others if problems else set()
        return (one for one in problems if one.origin.file in names)

    def made(self, handout: Handout, printed: str, edition: Edition, format_: str) -> Made:
        """What a document is made of; `printed` is the digest of its handout."""
        families = handout.typography.families
        templates = self._known(
            f"templates {handout.audience} {format_}", lambda: self._templates(handout.audience, format_)
        )
        fonts = self._known(f"fonts {families}", lambda: font_names(families))
        return Made(printed, digest(templates, repr(edition)), fonts, program_digest(), format_)

    def learn(self, leaflet: Leaflet) -> None:
        """Take note of the pictures that a leaflet has, for whom and in which languages it is made."""
        self._leaflets[leaflet.condition] = Noted(
            picture_files(leaflet), leaflet.audiences, leaflet.languages, leaflet.linked
        )
        self._digests.pop(f"leaflet {leaflet.condition}", None)

    def is_chosen(self, unit: Unit, audience: str) -> bool:
        """Whether a leaflet is made for an audience and in a language, as it was last read."""
        noted = self._leaflets.get(unit.condition, Noted())
        return audience in (noted.audiences or (audience,)) and is_in(noted.languages, unit.locale)

    def keep(self, units: Iterable[Unit]) -> None:
        """Drop the content of all files but those of some units, which are still to be read."""
        needed = {name for unit in units for name in self.names(unit)}
        self._files.let_go(lambda name: name not in needed)

    def tools_moved(self) -> bool:
        """Whether fonts or the program changed since they were read: then it is unknown what wrote the documents."""
        fonts = (name for locale in self._settings.locales.values() for name in font_names(locale.families))
        return code_digest() != program()["leafletpress/"] or any(
            file_digest(font_path(name)) != font_digest(name) for name in dict.fromkeys(fonts)
        )

    def names(self, unit: Unit) -> tuple[str, ...]:
        """The files of a unit: those of all units, those of its language, those of its leaflet, and its own."""
        return (*self._shared, *self._of_locale(unit.locale), *self._of_leaflet(unit.condition), *self._own(unit))

    def _of_locale(self, name: str) -> tuple[str, ...]:
        kin = dict.fromkeys((*lineage(name), SOURCE, *self._staff))
        files = (
            "locale.toml",
            "glossary.toml",
            "opposites.toml",
            "backtranslation.toml",
            f"LC_MESSAGES/{FURNITURE}.po",
        )
        locales = (self._settings.locales.get(one) for one in (name, self._settings.site.staff))
        families = tuple(family for locale in locales if locale for family in locale.families)
        return (*(f"locales/{one}/{file}" for one in kin for file in files), *font_names(families))

    def _of_leaflet(self, condition: str) -> tuple[str, ...]:
        noted = self._leaflets.get(condition, Noted())
        # A language that is gone is a fault of the leaflet.
        languages = (f"locales/{name}/locale.toml" for name in noted.languages)
        own = (f"leaflets/{condition}.yaml", signoffs_file(condition), *noted.pictures, *languages)
        return (*own, *(f"leaflets/{other}.yaml" for other in noted.linked))

    def _releases(self, unit: Unit) -> str:
        """What was published of it and of its English, as digests; "" where nothing ever was."""
        return "".join(self._published(unit.condition, locale) for locale in dict.fromkeys((unit.locale, SOURCE)))

    def _own(self, unit: Unit) -> tuple[str, ...]:
        names = dict.fromkeys((*lineage(unit.locale), *self._staff))
        return tuple(f"locales/{name}/LC_MESSAGES/{unit.condition}.po" for name in names)

    def _templates(self, audience: str, format_: str) -> list[str]:
        return template_file_names(self._files, audience, format_)

    def _known(self, group: str, names: Callable[[], Iterable[str]]) -> str:
        """The digest of a group of files, made once: many units share it."""
        if group not in self._digests:
            versions = [f"{name} {version}" for name, version in program().items()] if group == "shared" else []
            self._digests[group] = digest(*self._parts(names()), *versions)
        return self._digests[group]

    def _parts(self, names: Iterable[str]) -> list[str]:
        return [part for name in names for part in (name, self._digest(name))]

    def _digest(self, name: str) -> str:
        """The digest of a file of the project or of a font, "" where there is none."""
        return font_digest(name) if name.startswith(NAMED) else self._files.digest(name)


def picture_files(leaflet: Leaflet) -> tuple[str, ...]:
    """The files of a leaflet's pictures, whether they are there or not: each may have one for right-to-left pages."""
    names = [name.rpartition(".") for name in leaflet.pictures]
    return tuple(f"leaflets/{stem}{side}.{ending}" for stem, _, ending in names for side in ("", ".rtl"))


@cache
def font_digest(name: str) -> str:
    """A font as it was when this process first asked: workers keep it from one document to the next."""
    return file_digest(font_path(name))
