"""The guard of the layers finds what it should, and src/ passes it."""

import pathlib

import check_layers

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
ROOMS = ["base", "model", "json", "serve"]


def test_rooms_are_read_from_cmake_in_their_order():
    cmake = "room(base fmt::fmt)\n# room(x)\nroom(model\n  toml)\n"
    assert check_layers.rooms_in_order(cmake) == ["base", "model"]


def test_a_room_may_include_itself_and_rooms_above():
    text = '#include "json/encode.h"\n#include "base/failure.h"\n#include <vector>\n'
    assert check_layers.problems_of("json/decode.cpp", text, ROOMS) == []


def test_including_a_later_room_is_reported_with_both_names():
    text = '#include "serve/server.h"\n'
    assert check_layers.problems_of("json/decode.cpp", text, ROOMS) == [
        "src/json/decode.cpp: json/ stands above serve/ and must not include it"
    ]


def test_a_folder_that_is_no_room_is_reported():
    assert check_layers.problems_of("utils/text.h", "", ROOMS) == [
        "src/utils/text.h: utils/ is no room of CMakeLists.txt"
    ]


def test_heavy_headers_stay_in_sources():
    text = "#include <simdjson.h>\n"
    assert check_layers.problems_of("json/decode.cpp", text, ROOMS) == []
    assert check_layers.problems_of("json/decode.h", text, ROOMS) == [
        "src/json/decode.h: <simdjson…> belongs in a .cpp file, not in a header"
    ]


def test_heavy_headers_stay_in_their_room():
    text = "#include <boost/beast/http.hpp>\n"
    assert check_layers.problems_of("model/store.cpp", text, ROOMS) == [
        "src/model/store.cpp: <boost/beast…> belongs to serve only"
    ]


def test_the_sources_of_this_checkout_keep_their_layers():
    assert len(check_layers.rooms_in_order((CHECKOUT / "CMakeLists.txt").read_text())) >= 10
    assert check_layers.check(CHECKOUT) == []
