"""Which words of a text in another script are taken for English, and which texts are of another script."""

import pytest

from leafletpress.model.text.languages import by_language, is_latin


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("اكتب على WhatsApp الآن", ["WhatsApp"]),
        ("请使用PDF文件", ["PDF"]),
        ("कैल्सिफ़िलैक्सिस (calcinosis cutis) क्या है", ["calcinosis cutis"]),
        ("подивіться на skin.example.org/book", []),
        ("напишіть на help@example.org.", []),
        ("ген FGF23 і тип IV.", ["IV"]),
        ("код ICD-10 L94.2", ["ICD"]),
        ("Raynaud’s phenomenon 及 T细胞", ["Raynaud’s phenomenon"]),
        ("no\u00a0break 在此", ["no\u00a0break"]),
        ("ไม่มีคำอังกฤษ", []),
        ("", []),
    ],
)
def test_latin_words_are_english_and_addresses_are_not(text: str, english: list[str]) -> None:
    parts = list(by_language(text))
    assert "".join(words for words, _ in parts) == text
    assert [words for words, language in parts if language == "en"] == english


@pytest.mark.parametrize(
    ("texts", "latin"),
    [
        (["Llame hoy al 112", "ñandú"], True),
        (["Gọi ngay", "người bệnh"], True),
        (["اتصل بنا اليوم", "WhatsApp"], False),
        (["如需打印", "PDF"], False),
        (["Зателефонуйте", "на WhatsApp"], False),
        (["112", "–"], True),
        ([], True),
    ],
)
def test_a_language_is_latin_when_most_of_its_letters_are(texts: list[str], latin: bool) -> None:
    assert is_latin(texts) is latin
