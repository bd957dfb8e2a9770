"""Takes the README's three pictures of the dashboard, from a real lake in a real browser.

    .venv-dashboard/bin/python tools/dashboard_screenshots.py LAKE [--out docs/images]

Needs Chromium (CHROMIUM names another one than /usr/bin/chromium). The lake is best that of
scenarios/quickstart.toml: `make run` makes it.
"""

import argparse
import dataclasses
import os
import pathlib
import sys

from PIL import Image

CHECKOUT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT / "tests" / "dashboard"))

from browser import chromium_browser, dashboard  # noqa: E402
from playwright.sync_api import expect  # noqa: E402

COLOURS = 128  # of a picture's palette
MAX_BYTES = 250_000


@dataclasses.dataclass(frozen=True)
class Picture:
    name: str
    path: str
    width: int
    height: int
    scheme: str


PICTURES = (
    Picture("dashboard-overview", "", 1400, 1200, "light"),
    Picture("dashboard-stores", "stores", 1400, 1000, "dark"),
    Picture("dashboard-phone", "", 390, 844, "light"),
)


def take(lake: pathlib.Path, out: pathlib.Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    os.environ["RETAILSIM_STALE_DAYS"] = "36500"  # a simulated chain ends when it likes
    with dashboard(lake) as address, chromium_browser() as browser:
        for picture in PICTURES:
            context = browser.new_context(
                viewport={"width": picture.width, "height": picture.height},
                color_scheme=picture.scheme,
                locale="en-IE",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(address + picture.path)
            expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=60_000)
            expect(page.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()
            page.wait_for_timeout(2000)  # small trend lines are drawn last
            file = out / f"{picture.name}.png"
            page.screenshot(path=file)
            context.close()
            with Image.open(file) as image:
                image.convert("RGB").quantize(COLOURS).save(file, optimize=True)
            size = file.stat().st_size
            print(f"{file}: {size:,} bytes")
            if size > MAX_BYTES:
                raise SystemExit(f"{file} is larger than {MAX_BYTES:,} bytes")


def main() -> None:
    parser = argparse.ArgumentParser(description="The README's pictures of the dashboard")
    parser.add_argument("lake", type=pathlib.Path, help="a published lake")
    parser.add_argument("--out", type=pathlib.Path, default=CHECKOUT / "docs" / "images")
    options = parser.parse_args()
    take(options.lake, options.out)


if __name__ == "__main__":
    main()
