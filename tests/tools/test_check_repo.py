"""The guard of the checkout finds what it should, and this checkout passes it."""

import pathlib

import check_repo

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
HERE = "/srv/checkout"


def test_plain_text_is_fine():
    assert check_repo.text_problems("README.md", "See http://127.0.0.1:8080/v1.\n", HERE) == []


def test_an_address_that_nobody_listed_is_reported_with_its_line():
    text = "first\nsee https://" + "mirror.somewhere.net/simple\n"
    assert check_repo.text_problems("docs/a.md", text, HERE) == [
        "docs/a.md:2: address of mirror.somewhere.net: legal hosts are listed in check_repo.py"
    ]


def test_addresses_kept_for_examples_are_legal():
    text = "https://api.example.com/v1 and http://shop.example/stores\n"
    assert check_repo.text_problems("README.md", text, HERE) == []


def test_a_package_index_in_a_requirement_file_is_reported():
    text = "--extra-index" + "-url somewhere\n"
    assert len(check_repo.text_problems("requirements.txt", text, HERE)) == 1


def test_paths_of_a_machine_are_reported():
    text = "cd /ho" + "me/anna/retailsim\nls /srv/check" + "out/src\nls /srv/other\n"
    assert [p.split(": ")[1] for p in check_repo.text_problems("a.sh", text, HERE)] == [
        "path of somebody's machine",
        "path of this checkout",
    ]


def test_a_file_of_code_may_have_400_lines():
    assert check_repo.text_problems("src/a/b.cpp", "x\n" * 400, HERE) == []
    assert check_repo.text_problems("src/a/b.cpp", "x\n" * 401, HERE) == [
        "src/a/b.cpp: 401 lines, 400 are allowed"
    ]


def test_a_test_that_does_not_run_is_reported():
    text = "TEST(Lake, DISABLED" + "_AnObjectAppearsWhole) {}\n"
    assert check_repo.text_problems("tests/lake/a_test.cpp", text, HERE) == [
        "tests/lake/a_test.cpp:1: a test that does not run: DISABLED" + "_"
    ]


def test_a_test_name_has_at_least_three_words():
    text = "TEST(Money, Adds) {}\nTEST(Money, CentsAddUpExactly) {}\n"
    assert check_repo.text_problems("tests/model/money_test.cpp", text, HERE) == [
        "tests/model/money_test.cpp: Adds does not read as a sentence"
    ]


def test_a_test_lies_below_the_room_it_tests():
    assert check_repo.place_problems("tests/lake/a_test.cpp", {"lake"}) == []
    assert check_repo.place_problems("tests/golden/ten_receipts/store.ndjson", {"lake"}) == []
    assert check_repo.place_problems("tests/utils/a_test.cpp", {"lake"}) == [
        "tests/utils/a_test.cpp: tests/utils mirrors no room of src/"
    ]


def test_this_checkout_keeps_its_rules():
    assert check_repo.check(CHECKOUT) == []
