"""The API from a client's side: plain HTTP, without any code of ours."""

import gzip
import json
import re
import signal
import subprocess
import urllib.error
import urllib.request

import pytest
from harness import BINARY, CHECKOUT, OPTIONAL, TABLES

RECEIPTS = CHECKOUT / "tests" / "golden" / "ten_receipts"
PLURALS = {name: f"{name}s".replace("_", "-") for name in TABLES}


@pytest.fixture(scope="module")
def api():
    command = [str(BINARY), "serve", "--data", str(RECEIPTS), "--port", "0"]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, **quiet) as server:
        said = server.stdout.readline()
        yield re.search(r"(http://127\.0\.0\.1:\d+)/v1", said)[1]
        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=10) == 0


def get(url: str, **headers: str):
    """Status, headers and body; an error status is an answer like any other."""
    asked = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=asked), timeout=10) as got:
            return got.status, got.headers, got.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def ndjson(body: bytes) -> list[dict]:
    return [json.loads(line) for line in body.splitlines()]


def delivered(table: str) -> list[dict]:
    files = sorted((RECEIPTS / table).glob("*.ndjson")) or [RECEIPTS / f"{table}.ndjson"]
    if table in OPTIONAL:
        assert not any(file.exists() for file in files)
        return []
    return [row for file in files for row in ndjson(file.read_bytes())]


def test_the_server_says_that_it_is_well(api):
    assert get(f"{api}/healthz")[0] == 200


def test_the_manifest_is_that_of_the_feed(api):
    _, _, body = get(f"{api}/v1/manifest")
    assert json.loads(body) == json.loads((RECEIPTS / "manifest.json").read_text())


@pytest.mark.parametrize("table", TABLES)
def test_every_table_can_be_had_page_by_page(table, api):
    url, rows, pages = f"{api}/v1/{PLURALS[table]}?limit=2", [], 0
    while url:
        status, headers, body = get(url, Accept="application/x-ndjson")
        assert status == 200
        page = ndjson(body)
        assert len(page) <= 2
        rows += page
        pages += 1
        link = re.search(r'<([^>]+)>;\s*rel="next"', headers.get("Link", ""))
        url = (link[1] if link[1].startswith("http") else api + link[1]) if link else None
    assert rows == delivered(table)
    assert pages >= len(rows) / 2


def test_filters_choose_days_stores_and_feed_dates(api):
    def ids(query: str) -> list[int]:
        _, _, body = get(f"{api}/v1/transactions?{query}", Accept="application/x-ndjson")
        return [row["transaction_id"] for row in ndjson(body)]

    assert ids("business_date=2024-01-31") == [104, 103]
    assert ids("from=2024-02-01&to=2024-02-05") == [103, 105, 106]
    assert ids("store_id=3") == [102, 104]


def test_gzip_is_used_when_the_client_can_read_it(api):
    plain = get(f"{api}/v1/products", Accept="application/x-ndjson")[2]
    _, headers, packed = get(
        f"{api}/v1/products", Accept="application/x-ndjson", Accept_Encoding="gzip"
    )
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed) == plain


def test_plain_json_is_for_people_and_holds_the_same_rows(api):
    _, headers, body = get(f"{api}/v1/stores", Accept="application/json")
    assert headers["Content-Type"].startswith("application/json")
    whole = json.loads(body)
    rows = whole if isinstance(whole, list) else next(v for v in whole.values() if v)
    assert rows == delivered("store")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/v1/shops", 404),
        ("/v1/stores?limit=zero", 400),
        ("/v1/stores?colour=red", 400),
        ("/v1/stores?cursor=nonsense", 400),
        ("/v1/transactions?from=2024-02-30", 400),
    ],
)
def test_a_wrong_question_gets_a_status_and_a_reason(path, status, api):
    code, _, body = get(api + path)
    assert code == status
    assert len(body) > 10
