"""A translation that says the opposite, says a "not" of its own or lacks one, or lacks a word of urgency, is told."""

import tomllib
from pathlib import Path

import pytest
from known_languages import english, language
from projects import CONDITION, ROOT, make_project

from leafletpress.build.library import Project, read_translations
from leafletpress.model.problems import LeafletError
from leafletpress.model.text.fidelity import issues
from leafletpress.model.text.negation import changed_nots
from leafletpress.model.text.opposites import Opposites, Sides, exchanges, lost_doubt, lost_sides
from leafletpress.model.text.sentences import sentences
from leafletpress.read.languages.locale import read_locale
from leafletpress.read.languages.settings import locale_names
from leafletpress.read.located.files import Files
from leafletpress.translate.findings import check_catalogs

_FILE = ROOT / "tests" / "data" / "opposites" / "faults.toml"
FAULTS = [
    (fault["kind"], fault["english"], *text)
    for fault in tomllib.loads(_FILE.read_text(encoding="utf-8"))["faults"]
    for text in fault["texts"]
]
NAMES = [name for name in locale_names(Files(ROOT)) if name != "en"]
ENGLISH = Opposites({"hot_cold": Sides({"hot": ("hot", "warm*"), "cold": ("cold",)}, ("common cold",))})
SPANISH = Opposites(
    {"hot_cold": Sides({"hot": ("calient*",), "cold": ("frío*", "*fría"), "": ()}, ("resfriado frío",))}
)


def rules(text: str, translation: str, name: str) -> set[str]:
    return {issue.rule for issue in issues(text, translation, language(name))}


@pytest.mark.parametrize(("kind", "text", "name", "good", "bad"), FAULTS)
def test_a_planted_fault_is_told_and_the_good_translation_is_not(
    kind: str, text: str, name: str, good: str, bad: str
) -> None:
    assert rules(text, good, name) == set()
    assert kind in rules(text, bad, name)


def test_the_name_of_a_fact_is_no_word_of_the_text() -> None:
    assert rules("Take {hot_dose}.", "Tome {hot_dose}, con hielo.", "es") == set()


@pytest.mark.parametrize("name", NAMES)
def test_every_language_has_words_for_every_pair(name: str) -> None:
    assert language(name).opposites.pairs.keys() == english().language.opposites.pairs.keys()


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("A hot joint.", "Una articulación fría.", [("hot", "cold", "fría")]),
        ("A cold joint.", "Una articulación caliente.", [("cold", "hot", "caliente")]),
        ("A hot joint.", "Una articulación enfría.", [("hot", "cold", "enfría")]),
        ("A hot joint.", "Una articulación caliente y fría.", []),
        ("Hot or cold?", "¿Frío?", []),
        ("The common cold is hot.", "Frío.", [("hot", "cold", "frío")]),
        ("A common cold.", "Un bulto caliente.", []),
        ("It is hot.", "Un resfriado frío.", []),
        ("It is hot. Wait for cold.", "Hace frío. Espere el frío.", [("hot", "cold", "frío")]),
        ("It is hot. Wait for cold.", "Hace frío, espere.", []),
        ("It is hot.", "Hace calor.", []),
    ],
)
def test_one_side_alone_for_the_other_alone_is_an_exchange(
    text: str, translation: str, expected: list[tuple[str, str, str]]
) -> None:
    found = [(one.side, one.other, one.word) for one in exchanges(text, translation, ENGLISH, SPANISH)]
    assert found == expected


BODY = "arm_leg_eye"
ENGLISH_BODY = Opposites({BODY: Sides({"arm": ("arm*",), "leg": ("leg*",), "eye": ("eye*",)})})
SPANISH_BODY = Opposites({BODY: Sides({"arm": ("brazo*",), "leg": ("pierna*",), "eye": ("ojo*",)})})


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("Your leg hurts.", "Le duele el brazo.", [("leg", "arm", "brazo")]),
        ("Your leg hurts.", "Le duele la pierna.", []),
        ("Your leg hurts.", "Le duele.", []),
        ("Arms and legs.", "Brazos y ojos.", [("leg", "eye", "ojos")]),
        ("Arms and legs.", "Piernas y brazos.", []),
        ("An arm and an arm.", "Un brazo y una pierna.", [("arm", "leg", "pierna")]),
        ("An arm and a leg.", "Un brazo y un brazo.", [("leg", "arm", "brazo")]),
        ("An arm.", "Un brazo y otro brazo.", []),
    ],
)
def test_a_table_may_have_more_sides_than_two(
    text: str, translation: str, expected: list[tuple[str, str, str]]
) -> None:
    found = [(one.side, one.other, one.word) for one in exchanges(text, translation, ENGLISH_BODY, SPANISH_BODY)]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("Look at arms and legs.", "Mire los brazos.", [("arms and legs", "leg")]),
        ("Look at arms or legs.", "Mire las piernas.", [("arms or legs", "arm")]),
        ("Look at arms and legs.", "Mire los brazos y las piernas.", []),
        ("Look at arms and legs.", "Mire las extremidades.", []),
        ("Look at arms. Look at legs.", "Mire los brazos. Mire.", []),
    ],
)
def test_of_two_sides_that_stand_together_both_are_kept(
    text: str, translation: str, expected: list[tuple[str, str]]
) -> None:
    assert [*lost_sides(text, translation, ENGLISH_BODY, SPANISH_BODY)] == expected


@pytest.mark.parametrize(
    ("name", "text", "good", "bad"),
    [
        ("es", "Skin can die.", "La piel puede morir.", "La piel muere."),
        ("fr", "Skin can die.", "La peau peut mourir.", "La peau meurt."),
        ("de", "It may help.", "Es kann helfen.", "Es hilft."),
        ("pl", "It may harm you.", "Może zaszkodzić.", "Zaszkodzi."),
        ("tr", "It could harm you.", "Size zarar verebilir.", "Size zarar verir."),
        ("ar", "It may raise the risk.", "قد يزيد الخطر.", "يزيد الخطر."),
        ("hi", "Skin can die.", "त्वचा मर सकती है।", "त्वचा मर जाती है।"),
        ("zh_Hans", "Skin can die.", "皮肤可能坏死。", "皮肤会坏死。"),
        ("so", "Skin can die.", "Maqaarku wuu dhiman karaa.", "Maqaarku wuu dhimanayaa."),
    ],
)
def test_a_may_that_becomes_a_will_is_a_warning(name: str, text: str, good: str, bad: str) -> None:
    own = language(name)
    assert not lost_doubt(text, good, own.opposites)
    assert lost_doubt(text, bad, own.opposites)
    told = [issue for issue in issues(text, bad, own, safety=True) if "means so" in issue.text]
    assert [issue.severity for issue in told] == ["warning"]


@pytest.mark.parametrize("text", ["You can not pass it on.", "Can I pass it on?", "We can help.", "On 3 May 2027."])
def test_some_a_can_and_the_month_need_no_word(text: str) -> None:
    assert not lost_doubt(text, "Nada.", language("es").opposites)


@pytest.mark.parametrize(
    ("text", "translation", "expected"),
    [
        ("Do not wait.", "No espere.", []),
        ("Do not wait.", "Espere.", [(1, 0)]),
        ("Wash your hands.", "No se lave las manos.", [(0, 1)]),
        ("Wash them. Do not wait.", "No las lave. Espere.", [(0, 1), (1, 0)]),
        ("Do not wait.", "No espere, nunca.", []),
        ("It is unknown.", "No se sabe.", []),
        ("Do you wash?", "¿No se lava?", []),
        ("Few of them help.", "No ayudan muchos.", []),
        ("It is no longer made.", "Se ha retirado.", []),
        ("It can harm people with kidney disease.", "No daña a nadie.", [(0, 1)]),
        ("If you find any, call us.", "Si nota algo, no nos llame.", [(0, 1)]),
        ("It is inactive.", "No es activo.", []),
        ("Stop smoking.", "No fume.", []),
    ],
)
def test_a_not_that_comes_or_goes_is_counted_sentence_by_sentence(
    text: str, translation: str, expected: list[tuple[int, int]]
) -> None:
    found = [(nots.english, nots.translation) for nots in changed_nots(text, translation, ("no", "nunca"))]
    assert found == expected


@pytest.mark.parametrize(
    ("translation", "is_told"), [("No siga fumando.", False), ("No deje de fumar.", True), ("Deje de fumar.", False)]
)
def test_a_stop_with_a_not_is_turned_round(translation: str, is_told: bool) -> None:
    found = [*changed_nots("Stop smoking.", translation, ("no",), language("es").opposites)]
    assert bool(found) is is_told


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Peut aider : les boules.", 2), ("दर्द: आराम।", 2), ("疼痛：休息。", 2),
        ("One. Two! Three?", 3), ("Take 2.5 mg. Wait.", 2), ("एक। दो।", 2), ("一。二！三", 3), ("سؤال؟ جواب.", 2),
        ("Pain: often none.", 2), ("At 5:30 pm", 1), ("A sign…", 1), ("", 0), ("ایک۔ دو۔", 2),
    ],
)  # fmt: skip
def test_sentences_end_at_the_stops_of_every_script(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path)


def write(project: Project, name: str, text: str) -> None:
    (project.folder("locales") / name / "opposites.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('[hot_cool]\nhot = ["a"]\ncool = ["b"]\n', 'unknown pair "hot_cool" (did you mean "hot_cold"?)'),
        ('[hot_cold]\nhot = ["a"]\ncould = ["b"]\n', 'unknown side "could" (did you mean "cold"?)'),
        ('[hot_cold]\nhot = ["a"]\n', "[hot_cold] has hot (it needs hot and cold, and may have neither)"),
        ('[hot_cold]\nhot = ["a"]\ncold = ["a"]\n', "[hot_cold] has on two sides: a (leave out what means both)"),
        ('[hot_cold]\nhot = "a"\ncold = ["a"]\n', "hot takes a list"),
        ("[hot_cold\n", "not TOML"),
    ],
)
def test_a_broken_table_is_told(project: Project, text: str, expected: str) -> None:
    write(project, "es", text)
    with pytest.raises(LeafletError) as raised:
        read_locale(project.files(), "es", (), read_locale(project.files(), "en", (), None)[0])
    assert expected in str(raised.value)


def test_a_region_takes_its_parents_words(project: Project) -> None:
    write(project, "es", '[hot_cold]\nhot = ["a"]\ncold = ["b"]\n')
    region = project.folder("locales") / "es_MX"
    region.mkdir()
    (region / "locale.toml").write_bytes((project.folder("locales") / "es" / "locale.toml").read_bytes())
    found = read_locale(project.files(), "es_MX", (), english())[0]
    assert list(found.language.opposites.pairs) == ["hot_cold"]


def test_a_language_without_words_for_opposites_is_told_once(project: Project) -> None:
    write(project, "es", "# none yet\n")
    found = read_translations(project, ("es",))
    told = [finding.problem for finding in check_catalogs(found.domains, found.locales)]
    assert [problem.severity for problem in told if "opposites" in problem.text] == ["warning"]


@pytest.mark.parametrize(
    ("text", "state", "severity"), [("A lump that hurts.", "failing", "error"), ("A remark.", "translated", "warning")]
)
def test_what_may_be_turned_round_is_an_error_in_a_safety_text(
    project: Project, text: str, state: str, severity: str
) -> None:
    write(project, "en", f'[hot_cold]\nhot = ["{text.split()[1].strip(".")}"]\ncold = ["zzz"]\n')
    write(project, "es", '[hot_cold]\nhot = ["qqq"]\ncold = ["eñe"]\n')
    (locale,) = read_translations(project, ("es",)).locales
    entry = next(entry for entry in locale.catalogs[CONDITION].entries.values() if entry.text == text)
    assert locale.translate(CONDITION, *entry.key).state == state
    (issue,) = (issue for issue in locale.entry_issues(CONDITION, entry) if issue.rule == "opposite")
    assert issue.severity == severity
    assert issue.text == 'the English says "hot", "eñe" in the translation means "cold"'


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("es", "Póngale algo frío, luego algo caliente.", "Póngale algo caliente, luego algo frío."),
        ("de", "Legen Sie Kaltes darauf, dann etwas Heißes.", "Legen Sie Heißes darauf, dann etwas Kaltes."),
        ("fr", "D’abord du froid, puis du chaud.", "D’abord du chaud, puis du froid."),
        ("ar", "ضع شيئًا باردًا، ثم شيئًا ساخنًا.", "ضع شيئًا ساخنًا، ثم شيئًا باردًا."),
        ("hi", "पहले ठंडा रखें, फिर गर्म।", "पहले गर्म रखें, फिर ठंडा।"),
        ("zh_Hans", "先冷敷，再热敷。", "先热敷，再冷敷。"),
    ],
)
def test_two_words_that_change_places_between_clauses_are_told(name: str, good: str, bad: str) -> None:
    assert "opposite" not in rules("Put something cold on it, then something hot.", good, name)
    assert "opposite" in rules("Put something cold on it, then something hot.", bad, name)
