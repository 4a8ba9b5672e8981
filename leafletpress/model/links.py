"""Where the words of a link lead: a web page, a mail address, a phone, or another leaflet of the project."""

from dataclasses import dataclass, replace

from leafletpress.model.document import Document
from leafletpress.model.edition import DEFAULT_EDITION
from leafletpress.model.locale import PSEUDO_LOCALES, SOURCE
from leafletpress.model.problems import Origin

# From the folder of one document to that of all.
_UP = "../../"


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is `written` in the file; `address` is what it leads to, `shown` what paper has behind its words.

    One to another leaflet has its `code` and no address of its own: it is made for `audiences` and in `languages`
    (empty for all), and where it could not be read, its `condition` is "".
    """

    written: str
    address: str
    shown: str
    origin: Origin
    code: str = ""
    condition: str = ""
    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def language(self, locale: str) -> str:
        """The language in which the other leaflet is given to a reader of this one: theirs, else English."""
        is_made = not self.languages or locale in (*self.languages, SOURCE, *PSEUDO_LOCALES)
        return locale if is_made else SOURCE

    def beside(self, audience: str, locale: str) -> str | None:
        """The address of the other leaflet from any page of an output folder; None where that is unknown."""
        if not self.condition:
            return None
        return f"{_UP}{Document(self.condition, self.language(locale), audience, DEFAULT_EDITION, 'html').path}"


def leads_beside(address: str) -> bool:
    """Whether an address leads to another leaflet, and so nowhere from paper or from a file that was sent."""
    return address.startswith(_UP)


def to(link: Link, condition: str, audiences: tuple[str, ...], languages: tuple[str, ...]) -> Link:
    """The link to another leaflet, now that it is known which that is."""
    return replace(link, condition=condition, audiences=audiences, languages=languages)
