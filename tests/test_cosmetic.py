"""A rewording is cosmetic where only spelling, punctuation, capitals or order changed; in doubt it is refused."""

import string
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leafletpress.build.dictionary import is_word
from leafletpress.model.text.cosmetic import Judgement, judge
from leafletpress.model.text.small_words import DENIALS, NUMBERS
from leafletpress.model.text.spelling import american

COSMETIC = {
    # Slips of the hand, and British and American spelling.
    ("The swolen joint hurts.", "The swollen joint hurts."): "spelling",
    ("You may recieve a letter.", "You may receive a letter."): "spelling",
    ("Antibiotcs can help.", "Antibiotics can help."): "spelling",
    ("Mind the color of your skin.", "Mind the colour of your skin."): "spelling",
    ("A haemorrhage or diarrhoea.", "A hemorrhage or diarrhea."): "spelling",
    ("Oedema of the oesophagus", "Edema of the esophagus"): "spelling",
    ("A paediatric anaesthetist", "A pediatric anesthetist"): "spelling",
    ("Moisturise the centre.", "Moisturize the center."): "spelling",
    ("Do **not** moisturise it.", "Do **not** moisturize it."): "spelling",
    # Commas and the like.
    ("Wash in warm water then pat it dry.", "Wash in warm water, then pat it dry."): "punctuation",
    ("If it hurts call us.", "If it hurts, call us."): "punctuation",
    (
        "Keep your skin soft, and do **not** scratch it.",
        "Keep your skin soft and do **not** scratch it.",
    ): "punctuation",
    ("It may hurt but it helps.", "It may hurt, but it helps."): "punctuation",
    ("Today call us.", "Today, call us."): "punctuation",
    ("Rub it in the morning with some oil.", "Rub it in the morning, with some oil."): "punctuation",
    ("A pain relieving cream", "A pain-relieving cream"): "punctuation",
    ("Red, hot; dry", "Red, hot, dry"): "punctuation",
    ("A long pause - then pain", "A long pause – then pain"): "punctuation",
    ("A follow up visit", "A follow-up visit"): "punctuation",
    ("Wash your hands", "Wash your hands."): "punctuation",
    ("Get help!", "Get help."): "punctuation",
    ("Your doctor's advice", "Your doctor’s advice"): "punctuation",
    ('Say "help" to us.', "Say “help” to us."): "punctuation",
    ("Take {dose} with food.  Then rest", "Take {dose} with food. Then rest."): "punctuation",
    ("It can hurt.[@a_2020] It may itch.", "It can hurt[@a_2020]. It may itch."): "punctuation",
    ("Take **water.**", "Take **water**."): "punctuation",
    # Capitals.
    ("When To Get Help", "When to get help"): "capitals",
    ("red skin", "Red skin"): "capitals",
    # Whole statements.
    ("Your skin may be dry. The lumps can hurt.", "The lumps can hurt. Your skin may be dry."): "order",
    ("Your dose is {a}.[@x] The lumps can hurt.[@y]", "The lumps can hurt.[@y] Your dose is {a}.[@x]"): "order",
}
REFUSED = {
    # Other words, however near.
    ("Take it now.", "Take it not."): "not",
    ("The hot joint", "The hat joint"): "hat",
    ("An egg", "And egg"): "And",
    ("You may swim.", "You must swim."): "must",
    ("If you are able", "If you are unable"): "unable",
    ("We increase it.", "We decrease it."): "decrease",
    ("You have hypotension.", "You have hypertension."): "hypertension",
    ("You have hypetension.", "You have hypertension."): "hypertension",
    ("It is an infection.", "It is an injection."): "injection",
    ("A nitrite", "A nitrate"): "nitrate",
    ("Take prednisone.", "Take prednisolone."): "prednisolone",
    ("The fascial nerve", "The facial nerve"): "facial",
    ("Serous fluid", "Serious fluid"): "Serious",
    ("Take weekly baths.", "Take weakly baths."): "weakly",
    ("Take the tablet.", "Take the tablets."): "tablets",
    ("Your calcifications", "Your calcification"): "calcification",
    ("It is painles.", "It is painless."): "painless",
    ("He said so.", "She said so."): "She",
    ("Ask your nurse.", "Ask our nurse."): "our",
    ("Its wound", "It's wound"): "It's",
    ("I was wihtout pain.", "I was without pain."): "without",
    # Words that come, go or change places.
    ("Call us.", "Call us today."): "today",
    ("Call us today.", "Call us."): "today",
    ("Do **not** wash it.", "Do wash it."): "not",
    ("Red or blue", "Blue or red"): "blue",
    ("You can not swim.", "You cannot swim."): "cannot",
    ("Wash them. Dry them.", "Dry them. Wash them."): "step",
    ("Wash your hands. Open the pack.", "Open the pack. Wash your hands."): "step",
    ("The wound heals. You should wash it.", "You should wash it. The wound heals."): "should",
    ("The red lump hurts. The scar shows this.", "The scar shows this. The red lump hurts."): "this",
    ("You may ask. The list: one more word.", "The list: one more word. You may ask."): "colon",
    ("The skin hurts.[@a] The skin itches.[@b]", "The skin hurts.[@b] The skin itches.[@a]"): "citation",
    # Numbers and units, and signs that touch them.
    ("Take 5 mg.", "Take 50 mg."): "50",
    ("Take 2.5 mg.", "Take 25 mg."): "25",
    ("Take 1,000 mg.", "Take 1000 mg."): "1000",
    ("Take 5 mg.", "Take 5 g."): "unit",
    ("Take 5 mg.", "Take 5 Mg."): "unit",
    ("Take ½ of it.", "Take ¼ of it."): "¼",
    ("Take one pill.", "Take two pill."): "two",
    ("For three hours", "For three houres"): "unit",
    ("Cool to -5 degrees", "Cool to 5 degrees"): "number",
    ("Cool to −5 degrees", "Cool to 5 degrees"): "number",
    ("Take 5-10 pills", "Take 5 10 pills"): "number",
    ("Take (5) pills", "Take 5 pills"): "number",
    ("Take (about 5 of them) now", "Take about 5 of them now"): "number",
    ("Take 2, 3 times", "Take 2 3 times"): "number",
    ("Take {dose} daily", "Take {dose}, daily"): "number",
    ("Call 112.", "Call 112!"): "number",
    ("twenty four-hour shifts", "twenty-four hour shifts"): "number",
    ("A 10 % cream", "A 10 cream"): "number",
    # Marks.
    ("Do **not** stop.", "Do not stop."): "strong",
    ("Do not stop.", "Do **not** stop."): "strong",
    ("Do **not** stop.", "**Do** not stop."): "strong",
    ("Take {a} and {b}.", "Take {b} and {a}."): "became",
    ("Take {a}.", "Take {b}."): "placeholder",
    ("It is so.[@a]", "It is so."): "citation",
    ("It is so.[@a]", "It is so.[@b]"): "citation",
    ("Use a [cream](@a).", "Use a cream."): "link",
    ("Use [creams](@a) or [baths](@b).", "Use [creams](@b) or [baths](@a)."): "link",
    ("Use *it.", "Use it."): "markup",
    # Signs that say something.
    ("You can swim.", "You can swim?"): "question",
    ("Red/blue", "Red, blue"): "sign",
    ("More + less", "More less"): "sign",
    ("Monday-Friday", "Monday, Friday"): "dash",
    ("Monday Friday", "Monday-Friday"): "dash",
    ("Mild–severe", "Mild, severe"): "dash",
    ("Do **not** take it because of pain.", "Do **not** take it, because of pain."): "not",
    ("Only wash it if dry.", "Only, wash it if dry."): "only",
    ("People who smoke must go.", "People, who smoke must go."): "who",
    ("Go and call us if you bleed.", "Go, and call us if you bleed."): "if",
    ("Take this and that, or those.", "Take this, and that or those."): "or",
    ("Stop taking it.", "Stop, taking it."): "stop",
    ("Do **not** scratch it and call us.", "Do **not** scratch it, and call us."): "not",
    ("Do **not** smoke; drink water.", "Do **not** smoke, drink water."): "not",
    ("Wash it and dry only the arm.", "Wash it, and dry only the arm."): "only",
    ("All but the arm hurt.", "All, but the arm hurt."): "but",
    ("You may eat fish, oil and nuts.", "You may eat fish oil and nuts."): "one thing or two",
    ("If you have chest pain or rash, call us.", "If you have chest, pain or rash, call us."): "one thing or two",
    ("A mild soap (unscented)", "A mild soap unscented"): "one thing or two",
    ("Take these pills. Today call us.", "Take these pills today. Call us."): "ends elsewhere",
    ("Red, hot and dry skin", "Red hot, and dry skin"): "moved",
    # Capitals that say something.
    ("Ask WHO.", "Ask who."): "capitals",
    ("Call us.", "Call US."): "capitals",
    ("The Polish nurse", "The polish nurse"): "capital",
    ("Take vitamin A now", "Take vitamin a now"): "capital",
    ("The pH", "The Ph"): "capitals",
}


def judged(old: str, new: str) -> Judgement:
    return judge(old, new, is_word)


@pytest.mark.parametrize(("old", "new"), COSMETIC)
def test_what_only_looks_different_is_cosmetic_both_ways_and_says_in_what(old: str, new: str) -> None:
    found = judged(old, new)
    assert found.against == ()
    assert {one.split(":")[0] for one in found.differences} == {COSMETIC[old, new]}
    if COSMETIC[old, new] != "spelling":
        assert judged(new, old).against == ()


@pytest.mark.parametrize(("old", "new"), REFUSED)
def test_what_may_say_something_else_is_refused_both_ways_and_says_why(old: str, new: str) -> None:
    assert any(REFUSED[old, new] in why for why in judged(old, new).against), judged(old, new)
    assert judged(new, old).against


@pytest.mark.parametrize("word", sorted(DENIALS | NUMBERS))
def test_no_slip_in_a_word_that_decides_is_cosmetic(word: str) -> None:
    for slip in (word + word[-1], word[0] + word, word[1:], word[:-1]):
        if len(slip) > 1 and slip not in DENIALS | NUMBERS:
            assert judged(f"You {slip} wash", f"You {word} wash").against
            assert judged(f"You {word} wash", f"You {slip} wash").against


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert len(judged("Wash your hands, then dry 5 of them.", "Wash your hats, then dry, 5 of them?").against) == 3


# --- For any text -----------------------------------------------------------------------------------------------------

word = st.text(string.ascii_lowercase, min_size=1, max_size=9)
PARTS = "call wash skin water the a not if only 5 2.5 mg two {dose} [@a_2020] **never** [cream](@b) may must who and or"
known_word = st.sampled_from(PARTS.split())
texts = st.lists(st.one_of(known_word, word), min_size=1, max_size=8).map(" ".join)
signs = st.sampled_from([",", ";", ".", "?", " –", "!", ":", "'", ")", "%", "/"])


@given(texts)
def test_a_text_is_cosmetic_of_itself(text: str) -> None:
    assert judged(text, text).against == ()


@given(texts, st.data())
def test_no_number_name_citation_link_or_strong_word_ever_comes_or_goes(text: str, data: st.DataObject) -> None:
    parts = text.split()
    at = data.draw(st.integers(0, len(parts)))
    mark = data.draw(st.sampled_from(["5", "{dose}", "[@a_2020]", "**no**", "[cream](@b)", "not", "two"]))
    longer = " ".join([*parts[:at], mark, *parts[at:]])
    assert judged(text, longer).against
    assert judged(longer, text).against


@given(texts, st.data(), signs)
def test_no_sign_ever_comes_or_goes_beside_a_number(text: str, data: st.DataObject, sign: str) -> None:
    parts = text.split()
    at = data.draw(st.integers(0, len(parts)))
    number = data.draw(st.sampled_from(["5", "2.5", "{dose}", "two", "½", "٣"]))
    plain = " ".join([*parts[:at], number, *parts[at:]])
    for changed in (f"{number}{sign}", f"{sign.strip()}{number}"):
        assert judged(plain, " ".join([*parts[:at], changed, *parts[at:]])).against


@given(texts, st.data(), word)
def test_only_a_known_word_takes_the_place_of_an_unknown_one(text: str, data: st.DataObject, other: str) -> None:
    parts = text.split()
    at = data.draw(st.integers(0, len(parts) - 1))
    assume(parts[at] != other)
    if not judged(text, " ".join([*parts[:at], other, *parts[at + 1 :]])).against:
        assert not is_word(parts[at]) or american(parts[at]) == american(other)


@given(texts)
def test_how_letters_are_encoded_makes_no_difference(text: str) -> None:
    text = f"Café {text}"
    assert judged(unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text)).against == ()
