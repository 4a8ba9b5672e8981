"""No catalog holds a plural, so its header may count as CLDR does, or as gettext does, and harms in no case."""

import babel
import pytest

from leafletpress.read.languages.plurals import counts_rightly, plural_forms

# What Weblate's language-data, and so CLDR, has for some languages.
BY_CLDR = {
    "ar": "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
    "bn": "nplurals=2; plural=n > 1;",
    "hi": "nplurals=2; plural=n > 1;",
    "tr": "nplurals=2; plural=n != 1;",
    "fr": "nplurals=2; plural=n > 1;",
    "pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "uk": "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
    "zh_Hans": "nplurals=1; plural=0;",
    "so": "nplurals=2; plural=n != 1;",
}
LOCALES = ("ar", "bn", "de", "es", "fr", "hi", "pl", "pt_BR", "so", "ta", "th", "tr", "uk", "ur", "vi", "zh_Hans")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_header_that_we_write_counts_rightly(locale: str) -> None:
    cldr = babel.Locale.parse(locale)
    assert counts_rightly(plural_forms(cldr), cldr)


@pytest.mark.parametrize("locale", BY_CLDR)
def test_the_header_that_weblate_writes_counts_rightly(locale: str) -> None:
    assert counts_rightly(BY_CLDR[locale], babel.Locale.parse(locale))


@pytest.mark.parametrize(
    ("locale", "header"),
    [
        ("de", BY_CLDR["pl"]),
        ("pl", BY_CLDR["tr"]),
        ("ar", "nplurals=2; plural=n != 1;"),
        ("de", "nplurals=3; plural=n != 1;"),
        ("de", "nplurals=2; plural=n !=;"),
        ("de", "nplurals=2; plural=n / 0;"),
        ("de", "nplurals=2; plural=" + "(" * 200 + "n" + ")" * 200),
        ("de", "nplurals=0; plural=0;"),
        ("de", ""),
        ("de", "plural=n"),
    ],
)
def test_a_header_of_another_language_or_of_none_does_not(locale: str, header: str) -> None:
    assert not counts_rightly(header, babel.Locale.parse(locale))
