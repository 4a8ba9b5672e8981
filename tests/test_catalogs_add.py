"""Any language can be added by its tag; its settings come from CLDR, a region's from its parent."""

import tomllib
from pathlib import Path

import pytest
from projects import ROOT

from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.read.languages.locale import read_locale
from leafletpress.read.languages.settings import locale_names
from leafletpress.read.located.files import Files
from leafletpress.translate.add import add_locale
from leafletpress.translate.backtranslation import read_backtranslation


@pytest.fixture
def locales(tmp_path: Path) -> Path:
    """A folder of languages with English and Spanish."""
    for name in ("en", "es"):
        folder = tmp_path / "locales" / name
        folder.mkdir(parents=True)
        (folder / "locale.toml").write_bytes((ROOT / "locales" / name / "locale.toml").read_bytes())
    return tmp_path / "locales"


def settings(locales: Path, name: str) -> dict[str, object]:
    return tomllib.loads((locales / name / "locale.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("tag", "name", "own_name", "english_name", "direction", "family"),
    [
        ("it", "it", "Italiano", "Italian", "ltr", "Noto Sans"),
        ("pt-BR", "pt_BR", "Português (Brasil)", "Portuguese (Brazil)", "ltr", "Noto Sans"),
        ("ZH-hant-hk", "zh_Hant_HK", "中文 (繁體字, 中國香港特別行政區)", None, "ltr", "Noto Sans TC"),
        ("zh-Hans-SG", "zh_Hans_SG", "中文 (简体, 新加坡)", None, "ltr", "Noto Sans SC"),
        ("sr-Latn", "sr_Latn", "Srpski (latinica)", "Serbian (Latin)", "ltr", "Noto Sans"),
        ("bg", "bg", "Български", "Bulgarian", "ltr", "Noto Sans"),
        ("fa", "fa", "فارسی", "Persian", "rtl", "Vazirmatn"),
        ("he", "he", "עברית", "Hebrew", "rtl", "Noto Sans Hebrew"),
        ("as", "as", "অসমীয়া", "Assamese", "ltr", "Noto Sans Bengali"),
        ("te", "te", "తెలుగు", "Telugu", "ltr", "Noto Sans Telugu"),
        ("km", "km", "ខ្មែរ", "Khmer", "ltr", "Noto Sans Khmer"),
        ("ja", "ja", "日本語", "Japanese", "ltr", "Noto Sans JP"),
        ("sw", "sw", "Kiswahili", "Swahili", "ltr", "Noto Sans"),
        ("ca-ES-Valencia", "ca_ES_valencia", "Català (Espanya, valencià)", None, "ltr", "Noto Sans"),
        ("ckb", "ckb", "کوردیی ناوەندی", "Central Kurdish", "rtl", "Vazirmatn"),
    ],
)
def test_cldr_and_the_script_suggest_the_settings(
    locales: Path, tag: str, name: str, own_name: str, english_name: str | None, direction: str, family: str
) -> None:
    assert add_locale(Files(locales.parent), tag)[0] == name
    found = settings(locales, name)
    assert (found["own_name"], found["direction"]) == (own_name, direction)
    assert english_name is None or found["english_name"] == english_name
    assert found["audiences"] == ["patient", "clinician"]
    assert isinstance(found["families"], list)
    assert found["families"][0] == family
    english, _ = read_locale(Files(locales.parent), "en", (), None)
    locale, problems = read_locale(Files(locales.parent), name, (), english)
    assert problems == []
    assert locale.direction == direction
    assert (locales / name / "glossary.toml").exists()
    assert "# [hot_cold]\n# hot = " in (locales / name / "opposites.toml").read_text(encoding="utf-8")


def test_a_language_that_the_program_has_comes_with_its_template_words(locales: Path) -> None:
    name, made = add_locale(Files(locales.parent), "hi")
    names = ("locale.toml", "glossary.toml", "opposites.toml", "LC_MESSAGES/furniture.po", "backtranslation.toml")
    assert (name, sorted(made)) == ("hi", sorted(f"locales/hi/{file}" for file in names))
    for file in names[:4]:
        assert (locales / "hi" / file).read_bytes() == (ROOT / "locales" / "hi" / file).read_bytes()
    back = read_backtranslation(Files(locales.parent), "hi")
    assert {catalog for catalog, _ in back} == {"furniture"}


def test_what_a_folder_holds_already_is_kept(locales: Path) -> None:
    (locales / "it").mkdir()
    (locales / "it" / "glossary.toml").write_text("mine")
    assert add_locale(Files(locales.parent), "it") == ("it", ["locales/it/opposites.toml", "locales/it/locale.toml"])
    assert (locales / "it" / "glossary.toml").read_text() == "mine"


def test_a_region_takes_the_settings_of_its_parent(locales: Path) -> None:
    path = locales / "es" / "locale.toml"
    path.write_text(path.read_text().replace('["patient", "clinician"]', '["patient"]').replace("1.42", "1.5"))
    assert add_locale(Files(locales.parent), "es-MX")[0] == "es_MX"
    found = settings(locales, "es_MX")
    assert found["own_name"] == "Español (México)"
    assert (found["audiences"], found["line_height"]) == (["patient"], 1.5)
    assert not (locales / "es_MX" / "glossary.toml").exists()


def test_the_nearest_language_that_is_there_is_the_parent(locales: Path) -> None:
    assert add_locale(Files(locales.parent), "es-419")[0] == "es_419"
    assert settings(locales, "es_419")["own_name"] == "Español (Latinoamérica)"
    english, _ = read_locale(Files(locales.parent), "en", (), None)
    add_locale(Files(locales.parent), "ca")
    assert add_locale(Files(locales.parent), "ca-ES-valencia")[0] == "ca_ES_valencia"
    locale, _ = read_locale(Files(locales.parent), "ca_ES_valencia", (), english)
    assert locale.parent
    assert locale.parent.name == "ca"


def test_a_regional_english_falls_back_to_the_english_itself(locales: Path) -> None:
    add_locale(Files(locales.parent), "en-US")
    found = settings(locales, "en_US")
    assert found["english_name"] == "English (United States)"
    assert "cldr" not in found
    english, _ = read_locale(Files(locales.parent), "en", (), None)
    locale, _ = read_locale(Files(locales.parent), "en_US", (), english)
    assert locale.holds("any")
    assert locale.translate("any", "a.b", "A text.").text == "A text."


def test_a_language_that_cldr_lacks_takes_the_figures_of_a_near_one(locales: Path) -> None:
    assert add_locale(Files(locales.parent), "prs", "fa-AF")[0] == "prs"
    assert settings(locales, "prs")["cldr"] == "fa_AF"
    assert settings(locales, "prs")["own_name"] == "prs"


@pytest.mark.parametrize(
    ("tag", "cldr", "said"),
    [
        ("es", None, "locales/es exists already"),
        ("../x", None, '"../x" is no language tag'),
        ("french", None, '"french" is no language tag'),
        ("", None, '"" is no language tag'),
        ("x-klingon", None, '"x-klingon" is no language tag'),
        ("en-XA", None, '"en_XA" is a pseudo-language'),
        ("prs", None, 'CLDR knows no locale "prs" (name a near locale'),
        ("prs", "zz", 'CLDR knows no locale "zz" (name a near locale'),
    ],
)
def test_a_tag_that_cannot_be_added_is_wrong_usage_and_makes_nothing(
    locales: Path, tag: str, cldr: str | None, said: str
) -> None:
    with pytest.raises(LeafletError) as caught:
        add_locale(Files(locales.parent), tag, cldr)
    assert said in str(caught.value)
    assert caught.value.exit_code == ExitCode.USAGE
    assert locale_names(Files(locales.parent)) == ["en", "es"]
    assert sorted(path.name for path in locales.iterdir()) == ["en", "es"]
