"""What a translation lost, added or changed is told, with what to do; one that kept it all raises no alarm."""

import pytest

from leafletpress.model.text.amounts.writing import Writing
from leafletpress.model.text.fidelity import Language, issues
from leafletpress.model.text.glossary import Glossary, Term

SPANISH = Language(
    writing=Writing(decimal=","),
    glossary=Glossary(
        negations=("no", "nunca", "ningún", "sin"),
        repeated=("poco",),
        terms=(
            Term("calcium", ("calcio",)),
            Term("calcium channel blocker", ("antagonista del calcio", "calcioantagonista")),
            Term("ulcer", ("úlcera",), forbidden=("llaga",)),
            Term("WhatsApp", keep=True),
        ),
    ),
)


def rules(english: str, translation: str, language: Language = SPANISH) -> list[str]:
    return [issue.rule for issue in issues(english, translation, language)]


def texts(english: str, translation: str) -> list[str]:
    return [f"{issue.text} ({issue.hint})" for issue in issues(english, translation, SPANISH)]


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        ("Take {dose} at {hour}.", "A las {hour} tome {dose}."),
        ("Do **not** squeeze it.", "**No** lo apriete."),
        ("**Never** wait.", "**Nunca** espere."),
        ("Lumps grow.[@one][@two]", "Los bultos crecen.[@two][@one]"),
        ("See [this page](@more).", "Vea [esta página](@more)."),
        ("Take 2.5 ml or 1,250 mg.", "Tome 2,5 ml o 1.250 mg."),
        ("Take 2.5 ml.", "Tome 2.5 ml."),
        ("Call 999.", "Llame al ٩٩٩."),
        ("Your calcium is high.", "Su calcio está alto."),
        ("Calcium channel blockers help.", "Los calcioantagonistas ayudan."),
        ("Write on WhatsApp.", "Escriba por WhatsApp."),
        ("A skin ulcer.", "Una úlcera de la piel."),
        ("Slowly get better.", "Mejore poco poco."),
        ("It had had time.", "Tuvo tuvo tiempo."),
        ("Calcinosis cutis", "Calcinosis cutis"),
        ("Write to ulcer.team.at.mail@skin.ulcer.example.org", "Escriba a ulcer.team.at.mail@skin.ulcer.example.org"),
        ("See skin.ulcer.team.mail.example.org/a/b now", "Vea ya skin.ulcer.team.mail.example.org/a/b"),
        ("Ask the Royal National Hospital for Rheumatic Diseases.", "Royal National Hospital for Rheumatic Diseases."),
        ("Use the WhatsApp Line for All of Us", "Use la WhatsApp Line for All of Us"),
        ("Anti-RNA polymerase III", "Anti-RNA polymerase III"),
        ("50 % of people", "El 50 % de las personas"),
        (r"A star \* here", r"Una estrella \* aquí"),
        ("No braces", "Sin llaves"),
        ("Skin", "ผิว\u200bหนัง"),
        ("A long word", "វិទ្យាសាស្ត្រ\u200b" * 4),
        ("A long sentence in Thai", "เมื่อสิ่งใดสิ่งหนึ่งผิดปกติในหน้านี้"),
        ("Skin", "می\u200cشود"),
    ],
)
def test_a_faithful_translation_raises_no_alarm(english: str, translation: str) -> None:
    assert texts(english, translation) == []


@pytest.mark.parametrize(
    ("english", "translation", "rule", "said"),
    [
        ("Take {dose}.", "Tome.", "placeholder", "placeholder {dose} is missing (keep each name"),
        ("Take {dose}.", "Tome {dosis}.", "placeholder", 'placeholder {dosis} is not in the English (did you mean "'),
        ("Take {dose}.", "Tome {dose} y {dose}.", "placeholder", "placeholder {dose} stands 2 times, in the English 1"),
        ("{a} to {a}.", "{a}.", "placeholder", "placeholder {a} is missing (1 of 2 times)"),
        ("Call 999.", "Llame al 911.", "number", "number 999 is missing"),
        ("Call 999.", "Llame al 911.", "number", 'number 911 is not in the English'),
        ("Take 2.5 ml.", "Tome 5,2 ml.", "number", "number 2.5 is missing"),
        ("Take 1,250 mg.", "Tome 1,250 mg.", "number", "number 1250 is missing"),
        ("Two cases.", "2 casos.", "number", "number 2 is not in the English"),
        ("In ٩ days.", "En 8 días.", "number", "number 9 is missing"),
        ("It is so.[@one]", "Es así.", "citation", "citation [@one] is missing"),
        ("It is so.[@one]", "Es así.[@two]", "citation", "citation [@two] is not in the English"),
        ("[Here](@more).", "Aquí.", "link", "link (@more) is missing"),
        ("[Here](@more).", "[Aquí](@other).", "link", "link (@other) is not in the English"),
        ("Do **not** go.", "No vaya.", "strong", '0 strong spans, in the English 1 (put ** round the words'),
        ("Go.", "**Vaya**.", "strong", "1 strong spans, in the English 0"),
        ("Do **not** go.", "**Que** vaya.", "not", '1 strong "not" in the English, 0 in the translation (a'),
        ("Do **not** go.", "**Noche** de ir.", "not", '1 strong "not" in the English, 0'),
        ("Do **not** go.", "**No vaya.", "markup", "** is opened and never closed, at character 1"),
        ("Go.", "Vaya <b>ya</b>.", "markup", "an HTML tag is not markup here, at character 6"),
        ("Go to {place}.", "Vaya a {place.", "markup", "a stray brace is not markup here"),
        ("Your calcium.", "Su cal.", "glossary", '"calcium" is not translated as agreed (the glossary says: "calcio")'),
        ("Calcium channel blockers.", "Bloqueos.", "glossary", '"antagonista del calcio" or "calcioantagonista"'),
        ("An ulcer.", "Una úlcera o llaga.", "glossary", '"llaga" for "ulcer" (the glossary forbids it, write úlcera)'),
        ("On WhatsApp.", "Por whatsapp.", "glossary", '"WhatsApp" is missing (the glossary says: keep it'),
        ("Where this comes from", "Where this comes from", "english", "the same as the English"),
        ("Some hurt and make a joint stiff.", "Hurt and make a joint duro.", "english", 'still English: "hurt and '),
        ("Ask what it is", "Ask what it is", "english", "the same as the English"),
        ("CALL US NOW AND WAIT HERE.", "¡CALL US NOW AND WAIT HERE!", "english", "the same as the English"),
        ("Please call us now and wait here.", "Y CALL US NOW AND WAIT HERE.", "english", 'still English: "call us now'),
        ("Go.", "Va\u202eya.", "character", "character U+202E right-to-left override (delete it, it can't"),
        ("Go.", "Va\u200eya.", "character", "character U+200E left-to-right mark"),
        ("Go.", "Va\x07ya.", "character", "character U+0007"),
        ("Go.", "Va\u2028ya.", "character", "character U+2028 line separator"),
        ("Go.", "Va\ue000ya.", "character", "character U+E000"),
        ("Go.", "Va\U000e0100\u0378ya.", "character", "character U+0378"),
        ("Go.", "Vaya de la ", "end", "ends in a space or line break (is the rest of the text lost?"),
        ("Go.", "Vaya\n", "end", "ends in a space or line break"),
        ("Go.", "Va\u200bya.", "character", "character U+200B zero width space"),
        ("Go.", "اذ\u200bهب.", "character", "character U+200B zero width space"),
        ("Go.", "শক্\u200bত।", "character", "character U+200B zero width space"),
        ("Go.", "கட்ட\u200bிகள்.", "character", "character U+200B zero width space"),
        ("Go.", "ᠮᠣ\u200bᠩ.", "character", "character U+200B zero width space"),
        ("Go.", "கட்டி \u200bகள்.", "character", "character U+200B zero width space"),
    ],
)  # fmt: skip
def test_what_a_translation_fails_to_keep_is_told_with_what_to_do(
    english: str, translation: str, rule: str, said: str
) -> None:
    found = [issue for issue in issues(english, translation, SPANISH) if issue.rule == rule]
    assert any(f"{issue.text} ({issue.hint})".startswith(said) or said in issue.hint for issue in found), found
    assert all(issue.severity == "error" and issue.hint for issue in found)


@pytest.mark.parametrize(
    ("english", "translation", "rule"),
    [("Keep it dry.", "Manténgalo muy muy seco.", "doubled"), ("Keep it dry.", "Manténgalo\nseco.", "line break")],
)
def test_what_may_be_meant_is_a_warning(english: str, translation: str, rule: str) -> None:
    assert [(issue.rule, issue.severity) for issue in issues(english, translation, SPANISH)] == [(rule, "warning")]


def test_the_name_of_a_figure_is_no_word_that_stands_twice() -> None:
    assert list(issues("Call {number} now", "Llame al number {number}", Language())) == []


@pytest.mark.parametrize(
    "text",
    [
        "ពេលមានអ្វីមួយខុសនៅលើទំព័រនេះសូមអានម្តងទៀត",
        "ເມື່ອມີບາງຢ່າງຜິດພາດໃນໜ້ານີ້ໃຫ້ອ່ານອີກຄັ້ງ",
        "ဤစာမျက်နှာတွင်တစ်ခုခုမှားနေသည့်အခါထပ်မံဖတ်ပါ",
    ],
    ids=["khmer", "lao", "burmese"],
)
def test_a_sentence_in_one_piece_is_told_where_the_program_knows_no_words(text: str) -> None:
    (issue,) = issues("Read it again.", text, Language())
    assert (issue.rule, issue.severity) == ("break", "warning")
    assert issue.text == f'no line can break in "{text[:20]}…", {len(text)} characters'
    assert "U+200B" in issue.hint
    assert list(issues("Read it again.", f"{text[:21]}\u200b{text[21:]}", Language())) == []


def test_a_line_may_be_let_break_inside_a_long_word_of_a_script_without_hyphens() -> None:
    assert [issue for issue in issues("Lumps.", "கட்டி\u200bகளுக்கு.", Language()) if issue.rule == "character"] == []


def test_a_term_of_the_glossary_may_hold_places_for_a_line_break() -> None:
    language = Language(glossary=Glossary(terms=(Term("lump", ("ដុំពក",), forbidden=("ដុំសាច់",)),)))
    assert rules("A lump.", "ដុំ\u200bពក។", language) == []
    assert rules("A lump.", "ដុំ\u200bសាច់។", language) == ["glossary", "glossary"]


def test_several_faults_of_one_text_are_told_at_once() -> None:
    found = rules("Do **not** take {dose} for 3 days.[@one]", "Tome {dosis} 4 días.")
    assert found == ["placeholder", "placeholder", "citation", "number", "number", "strong"]


def test_a_regional_english_may_say_the_same_as_the_english() -> None:
    text = "Where this information comes from"
    assert rules(text, text, Language(is_english=True)) == []


@pytest.mark.parametrize(
    ("strong", "kept"), [("不要", True), ("绝不可", True), ("要", False)], ids=["alone", "inside", "lost"]
)
def test_in_a_script_without_spaces_a_not_may_stand_inside_other_words(strong: str, kept: bool) -> None:
    chinese = Language(glossary=Glossary(negations=("不",)))
    assert ("not" not in rules("Do **not** go.", f"**{strong}**去。", chinese)) is kept


@pytest.mark.parametrize(("strong", "kept"), [("न", True), ("नहीं", True), ("नियम", False), ("मन", False)])
def test_in_devanagari_a_not_is_a_word_of_its_own(strong: str, kept: bool) -> None:
    hindi = Language(glossary=Glossary(negations=("न", "नहीं")))
    assert ("not" not in rules("Do **not** go.", f"**{strong}** जाएँ।", hindi)) is kept


def test_each_strong_not_needs_one_of_its_own() -> None:
    english = "Do **not** stop. Do **not** wait."
    assert rules(english, "**No** pare. **No** espere.") == []
    assert rules(english, "**No** pare. **Ya** espere.") == ["not"]


def test_terms_are_found_whole_longest_first_and_in_the_plural() -> None:
    glossary = SPANISH.glossary
    assert [term.term for term in glossary.terms_in("Calcium channel blockers and ULCERS")] == [
        "calcium channel blocker", "ulcer"
    ]  # fmt: skip
    assert list(glossary.terms_in("Recalcium, ulcerated, calciums2")) == []
    assert list(Glossary().terms_in("calcium")) == []


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        ("м’яс", "мʼясо"),
        ("м’яс", "м'ясо"),
        ("ra'yi labaad", "ra’yi labaad"),
        ("لا", "لَا"),
        ("ليس", "ليـس"),
        ("نہیں", "نہيں"),
        ("نہیں", "نهیں"),
        ("كلية", "کلیة"),
        ("คำแนะนำ", "คําแนะนํา"),
        ("বিদ্যুৎ", "বিদ্যুত্\u200d"),
        ("ilaç", "İLAÇ"),
        ("ışık", "IŞIK"),
        ("isı", "ISI"),
        ("año", "an\u0303o"),
    ],
)
def test_a_word_may_be_typed_in_any_way_that_reads_alike(form: str, typed: str) -> None:
    agreed = Language(glossary=Glossary(terms=(Term("word", (form,)),)))
    assert rules("A word.", typed, agreed) == []
    refused = Language(glossary=Glossary(terms=(Term("word", (), forbidden=(form,)),)))
    assert rules("A word.", typed, refused) == ["glossary"]
