"""Every text in both languages, and numbers as each of them writes them."""

import ast
import datetime as dt
import re
import string
import unicodedata

import pytest
from board.words import LANGUAGES, TEXTS, UNKNOWN, Words
from conftest import CHECKOUT

pytestmark = pytest.mark.dashboard

EN, FR = Words("en", "EUR"), Words("fr", "EUR")


def plain(text: str) -> str:
    """With usual spaces and hyphens."""
    return re.sub(r"\s", " ", unicodedata.normalize("NFKC", text)).replace("−", "-")


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_is_in_both_languages_with_the_same_names(key: str) -> None:
    assert set(TEXTS[key]) == set(LANGUAGES)
    assert all(text.strip() for text in TEXTS[key].values())
    assert names(TEXTS[key]["en"]) == names(TEXTS[key]["fr"])


def code() -> list[ast.AST]:
    files = [*(CHECKOUT / "dashboard").rglob("*.py")]
    return [node for file in files for node in ast.walk(ast.parse(file.read_text()))]


def test_every_text_that_the_code_asks_for_is_there_with_its_names() -> None:
    found = 0
    for node in code():
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "id", "")
        texts = [a.value for a in node.args if isinstance(a, ast.Constant)]
        given = {keyword.arg for keyword in node.keywords}
        if called == "words" and texts:
            assert names(TEXTS[texts[0]]["en"]) == given, texts[0]
            found += 1
        if called == "LakeError" and len(texts) == 2 and None not in given:
            for key in texts:
                assert names(TEXTS[key]["en"]) <= given, key
            found += 1
    assert found > 50


def test_no_text_is_there_for_nothing() -> None:
    used = {node.value for node in code() if isinstance(node, ast.Constant)}
    assert set(TEXTS) - used == set()


@pytest.mark.parametrize(
    ("cents", "en", "fr"),
    [
        (123456789, "€1,234,567.89", "1 234 567,89 €"),
        (-5, "-€0.05", "-0,05 €"),
        (0, "€0.00", "0,00 €"),
        (10**17 + 1, "€1,000,000,000,000,000.01", "1 000 000 000 000 000,01 €"),
        (None, UNKNOWN, UNKNOWN),
    ],
)
def test_amounts_are_written_to_the_cent(cents: int | None, en: str, fr: str) -> None:
    assert plain(EN.money(cents)) == en
    assert plain(FR.money(cents)) == fr


def test_amounts_of_another_currency_say_so() -> None:
    assert plain(Words("en", "CHF").money(100)) == "CHF 1.00"
    assert plain(Words("fr", "USD").money(100)) == "1,00 $US"
    assert plain(Words("en", "CHF").money(-100)) == "-CHF 1.00"
    assert Words("en", "GBP").money(100) == "£1.00"
    assert Words("en").money(123456) == "1,234.56"


@pytest.mark.parametrize(
    ("kind", "number", "en", "fr"),
    [
        ("count", 1234567, "1,234,567", "1 234 567"),
        ("count", 0, "0", "0"),
        ("count", None, UNKNOWN, UNKNOWN),
        ("decimal", 1234.56, "1,234.6", "1 234,6"),
        ("decimal", None, UNKNOWN, UNKNOWN),
        ("share", 0.1234, "12.3 %", "12,3 %"),
        ("share", 1.0, "100.0 %", "100,0 %"),
        ("share", None, UNKNOWN, UNKNOWN),
        ("money", None, UNKNOWN, UNKNOWN),
    ],
)
def test_numbers_are_written_as_the_language_does(
    kind: str, number: float | None, en: str, fr: str
) -> None:
    assert plain(EN.value(kind, number)) == en
    assert plain(FR.value(kind, number)) == fr


def test_changes_have_a_sign() -> None:
    assert plain(EN.change(0.256)) == "+25.6 %"
    assert plain(FR.change(-0.256)) == "-25,6 %"
    assert EN.change(None) == UNKNOWN


def test_days_and_months_are_words_of_the_language() -> None:
    day = dt.date(2024, 2, 29)
    assert (EN.day(day), FR.day(day)) == ("29 Feb 2024", "29 févr. 2024")
    assert (EN.month(8), FR.month(8)) == ("August", "Août")
    assert [EN.weekday(1), FR.weekday(7)] == ["Mo", "di"]


def test_an_unknown_language_is_english() -> None:
    assert Words("xx").language == "en"
    assert Words("").language == "en"
