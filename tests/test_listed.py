"""A list that lost an item and an "and" for an "or" are told; what a language joins in its own way is not."""

import pytest
from known_languages import english, language

from leafletpress.model.text.fidelity import issues
from leafletpress.model.text.listed import joined_otherwise, lost_items

TELL = "Tell your doctor, your dentist and your pharmacist."
DONT = "Do not squeeze, cut or needle a lump."
IF = "If you have fever or pain, call us."


def lost(text: str, translation: str, name: str) -> list[tuple[int, int]]:
    own = language(name)
    found = lost_items(text, translation, own.opposites, own.glossary.negations)
    return [(one.english, one.translation) for one in found]


def joined(text: str, translation: str, name: str) -> list[tuple[str, str, str]]:
    found = joined_otherwise(text, translation, english().language.opposites, language(name).opposites)
    return [(one.side, one.other, one.word) for one in found]


@pytest.mark.parametrize(
    ("name", "text", "good", "bad"),
    [
        ("es", TELL, "Avise a su médico, a su dentista y a su farmacéutico.", "Avise a su médico y a su farmacéutico."),
        ("ar", TELL, "أخبر طبيبك وطبيب أسنانك والصيدلي.", "أخبر طبيبك والصيدلي."),
        ("zh_Hans", TELL, "告诉您的医生、牙医和药剂师。", "告诉您的医生和药剂师。"),
        ("pl", DONT, "Proszę nie wyciskać, nie nacinać ani nie nakłuwać guzków.", "Proszę nie wyciskać guzków."),
        ("ta", DONT, "கட்டியைப் பிதுக்கவோ வெட்டவோ ஊசியால் குத்தவோ கூடாது.", "கட்டியைப் பிதுக்கக் கூடாது."),
        ("hi", "Bring tablets, a card or glasses.", "गोलियाँ, कार्ड या चश्मा लाएँ।", "गोलियाँ या चश्मा लाएँ।"),
    ],
)
def test_an_item_that_is_lost_is_told(name: str, text: str, good: str, bad: str) -> None:
    assert lost(text, good, name) == []
    assert lost(text, bad, name)
    told = [issue.severity for issue in issues(text, bad, language(name), safety=True) if issue.rule == "list"]
    assert told == ["error"]


@pytest.mark.parametrize(
    ("text", "translation", "name"),
    [
        ("Being sick, with great thirst or passing urine.", "Erbrechen mit großem Durst oder viel Urin.", "de"),
        ("Tell your doctor and your dentist.", "Avise a su médico.", "es"),
        ("Tell your doctor, who knows the dentist and the nurse.", "Avise a su médico.", "es"),
        (TELL, "บอกแพทย์ ทันตแพทย์ และเภสัชกรของคุณ", "th"),
    ],
)
def test_what_is_no_list_of_three_and_a_language_without_signs_raise_no_alarm(
    text: str, translation: str, name: str
) -> None:
    assert lost(text, translation, name) == []


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("es", "Si tiene fiebre o dolor, llámenos.", "Si tiene fiebre y dolor, llámenos."),
        ("tr", "Ateşiniz veya ağrınız varsa bizi arayın.", "Ateşiniz ve ağrınız varsa bizi arayın."),
        ("ur", "اگر بخار یا درد ہو تو ہمیں فون کریں۔", "اگر بخار اور درد ہو تو ہمیں فون کریں۔"),
        ("uk", "Якщо у вас гарячка або біль, зателефонуйте нам.", "Якщо у вас гарячка і біль, зателефонуйте нам."),
        ("zh_Hans", "如果发烧或疼痛，请打电话给我们。", "如果发烧且疼痛，请打电话给我们。"),
    ],
)
def test_and_for_or_is_told(name: str, good: str, bad: str) -> None:
    assert joined(IF, good, name) == []
    assert [one[:2] for one in joined(IF, bad, name)] == [("or", "and")]


@pytest.mark.parametrize(
    ("text", "translation", "name"),
    [
        ("Do not squeeze or cut it.", "No lo apriete y no lo corte.", "es"),
        ("For people aged 65 and over.", "Para personas de 65 años o más.", "es"),
        ("Fever and pain, or a rash.", "Fiebre y dolor.", "es"),
        ("Fever or pain.", "Fiebre, dolor.", "es"),
    ],
)
def test_where_a_language_may_join_otherwise_nothing_is_told(text: str, translation: str, name: str) -> None:
    assert joined(text, translation, name) == []
