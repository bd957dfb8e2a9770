"""A dashboard on a free port and a real Chromium that looks at it, for test_browser*.py.

Every page is watched: an error on its console, or a request that leaves this machine, fails the
test, whatever it is about.
"""

import contextlib
import dataclasses
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError, expect, sync_playwright  # noqa: A004

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("RETAILSIM", CHECKOUT / "bin" / "retailsim")).absolute()
sys.path.append(str(CHECKOUT / "tests" / "end_to_end"))

from s3_server import free_port  # noqa: E402

PICTURES = CHECKOUT / "build" / "screenshots"
PAGES = ("overview", "stores", "products", "customers", "pipeline")
DESK, PHONE = {"width": 1400, "height": 1000}, {"width": 390, "height": 844}
SECONDS = 20  # until a page must show what it should; it takes one
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What is asked of another machine is seen by the test, and does not reach it.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
TWO_YEARS = """
name = "two-years"
seed = 11
from = 2024-01-01
to = 2025-12-31

[stores]
count = 6
regions = ["Bretagne", "Normandie", "Occitanie"]

[products]
count = 200

[households]
count = 60
trips_per_year = 30
"""

expect.set_options(timeout=SECONDS * 1000)


def retailsim(*words: object) -> str:
    """Runs the program, and gives what it prints."""
    command = [str(word) for word in (BINARY, *words)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def report(lake: pathlib.Path, *words: object) -> dict[str, Any]:
    return json.loads(retailsim("report", "--lake", lake, "--json", *words))["total"]


@dataclasses.dataclass
class Feed:
    """A scenario whose days reach a lake in several runs."""

    folder: pathlib.Path

    @property
    def lake(self) -> pathlib.Path:
        return self.folder / "lake"

    def run(self, *words: object) -> None:
        scenario = self.folder / "scenario.toml"
        places = ["--data", self.folder / "data", "--lake", self.lake]
        retailsim("run", scenario, *places, "--quiet", "--threads", 1, *words)


def feed(folder: pathlib.Path) -> Feed:
    (folder / "scenario.toml").write_text(TWO_YEARS)
    return Feed(folder)


@contextlib.contextmanager
def dashboard(lake: pathlib.Path) -> Iterator[str]:
    """Serves a lake until the end of the block; the address begins all others."""
    port = free_port()
    words = ["--lake", str(lake), "--port", str(port)]
    with subprocess.Popen([sys.executable, CHECKOUT / "dashboard" / "server.py", *words]) as server:
        try:
            address = f"http://127.0.0.1:{port}/"
            wait_for("the dashboard", lambda: is_up(address))
            yield address
        finally:
            server.terminate()


def is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def wait_for(what: str, ready: Callable[[], Any], seconds: float = 60) -> Any:
    """The first true answer of `ready`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := ready():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"waited {seconds} s in vain for {what}")


@dataclasses.dataclass
class Reader:
    """Somebody who looks at the dashboard, with what goes wrong on the way."""

    page: Page
    address: str
    troubles: list[str] = dataclasses.field(default_factory=list)
    addresses: list[str] = dataclasses.field(default_factory=list)

    def watch(self) -> None:
        def console(message: Any) -> None:
            if message.type == "error":
                self.troubles.append(f"console: {message.text}")

        self.page.on("console", console)
        self.page.on("pageerror", lambda error: self.troubles.append(f"page: {error}"))
        self.page.on("request", lambda request: self.addresses.append(request.url))
        self.page.on("websocket", lambda socket_: self.addresses.append(socket_.url))

    @property
    def outside(self) -> list[str]:
        """Addresses that are not of this machine."""
        parts = [urllib.parse.urlsplit(each) for each in self.addresses]
        return [
            part.geturl()
            for part in parts
            if part.scheme not in {"data", "blob"} and part.hostname != "127.0.0.1"
        ]

    def open(self, name: str = "overview", **filters: str) -> None:
        path = "" if name == "overview" else name
        query = urllib.parse.urlencode(filters)
        self.page.goto(f"{self.address}{path}?{query}" if query else f"{self.address}{path}")
        expect(self.page.locator("h1")).to_be_visible()
        self.settle()

    def move_to(self, **filters: str) -> None:
        """To another address of the same page, as the browser's own buttons go."""
        query = urllib.parse.urlencode(filters)
        self.page.evaluate(
            """query => {
                history.pushState(null, "", location.pathname + "?" + query);
                dispatchEvent(new PopStateEvent("popstate"));
            }""",
            query,
        )

    def settle(self) -> None:
        """Waits until the page is drawn, by the script's own word."""
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0)
        expect(self.page.locator("[data-stale=true]")).to_have_count(0)
        expect(self.page.get_by_test_id("stException")).to_have_count(0)

    @property
    def filters(self) -> dict[str, list[str]]:
        """What the address says."""
        return urllib.parse.parse_qs(urllib.parse.urlsplit(self.page.url).query)

    def box(self, label: str) -> Any:
        return self.page.get_by_role("combobox", name=label, exact=True)

    def open_box(self, box: Any) -> Any:
        """A select box's options. One that opens while the page scrolls closes again."""
        box.scroll_into_view_if_needed()
        options = self.page.get_by_role("option")
        for _ in range(10):
            self.page.wait_for_timeout(100)
            box.click()
            with contextlib.suppress(TimeoutError):
                options.first.wait_for(timeout=1000)
                return options
        raise AssertionError("the box does not open")

    def choose(self, label: str, option: str) -> None:
        """In a select box, by mouse."""
        self.open_box(self.box(label))
        self.page.get_by_role("option", name=option, exact=True).click()

    def go_to(self, title: str) -> None:
        """By the navigation."""
        self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=title).click()
        expect(self.page.locator("h1")).to_have_text(title)
        self.settle()

    def await_days(self, days: str) -> None:
        """Waits until these days are shown; those that they are compared with come after."""
        expect(self.page.get_by_text(re.compile(f"^{days}"))).to_have_count(1)

    def metrics(self) -> dict[str, str]:
        """The figures on the cards. One look: all are of the same moment."""
        read = """all => all.map(each => [
            each.querySelector('[data-testid=stMetricLabel]').innerText,
            each.querySelector('[data-testid=stMetricValue]').innerText])"""
        return dict(self.page.get_by_test_id("stMetric").evaluate_all(read))

    def await_figure(self, name: str, value: str) -> None:
        metric = self.page.get_by_test_id("stMetric").filter(
            has=self.page.get_by_text(name, exact=True)
        )
        expect(metric.get_by_test_id("stMetricValue")).to_have_text(value)


def money(amount: str) -> str:
    """As an English reader is shown an amount of `report`."""
    number = Decimal(amount)
    return f"{'-' if number < 0 else ''}€{abs(number):,.2f}"


def share(number: float) -> str:
    tenths = Decimal(number).quantize(Decimal("0.001")) * 100
    return f"{tenths:.1f} %"


def shown(total: dict[str, Any]) -> dict[str, str]:
    """The cards of the overview for a total of `report`."""
    return {
        "Net sales": money(total["net_sales"]),
        "Gross margin": money(total["gross_margin"]),
        "Visitors": f"{total['visitors']:,}",
        "Conversion": share(total["conversion_rate"]),
        "Average ticket": money(total["average_ticket"]),
        "Sales per visitor": money(total["sales_per_visitor"]),
    }


def plain(text: str) -> str:
    """With ordinary spaces."""
    return re.sub(r"\s", " ", text)


@pytest.fixture(scope="session")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A lake of two years and six stores."""
    made = feed(tmp_path_factory.mktemp("two-years"))
    made.run()
    return made.lake


@pytest.fixture(scope="session")
def address(two_years: pathlib.Path) -> Iterator[str]:
    with dashboard(two_years) as found:
        yield found


@contextlib.contextmanager
def chromium_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=CHROMIUM
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with chromium_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def profiles(chromium: Browser) -> Callable[..., BrowserContext]:
    """Profiles by their options. They are kept, and with them what the browser has loaded of
    Streamlit: a page then takes a second rather than five. A session is a page's own anyway."""
    made: dict[str, BrowserContext] = {}

    def profile(**options: Any) -> BrowserContext:
        wanted = {"viewport": DESK, "locale": "en-IE"} | options
        if str(wanted) not in made:
            made[str(wanted)] = chromium.new_context(**wanted)
        return made[str(wanted)]

    return profile


@pytest.fixture
def visit(profiles: Callable[..., BrowserContext]) -> Iterator[Callable[..., Reader]]:
    """Lets a reader come to an address; at the end nothing went wrong."""
    readers: list[Reader] = []

    def come(address: str, **options: Any) -> Reader:
        reader = Reader(profiles(**options).new_page(), address)
        reader.page.set_default_timeout(SECONDS * 1000)
        reader.watch()
        readers.append(reader)
        return reader

    yield come
    # Before they are closed: what is being loaded then fails, which is no trouble.
    wrong = [trouble for reader in readers for trouble in reader.troubles + reader.outside]
    for reader in readers:
        reader.page.close()
    assert wrong == [], wrong


@pytest.fixture
def reader(visit: Callable[..., Reader], address: str) -> Reader:
    """A reader of the lake of two years, at a desk."""
    return visit(address)
