"""How real simulated sales look: `make realism`. README.md says what is measured.

1. The reference is made if it is missing (prepare_reference.py).
2. For every seed, `retailsim run SCENARIO` makes a lake, and sales_lines.py a table of it.
3. F, S and R of each, and of what tells how to read them: odd households of the reference against
   even ones, and the reference with shuffled columns.
4. docs/realism.md and docs/images/realism/.

Exit 1 when the mean R of the seeds is below --at-least.
"""

import argparse
import pathlib
import sys
import time

import comparisons
import facts
import page
import plots
import prepare_reference
from measurement import Measurement, against
from simulated import simulated_lines

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    path = {"type": pathlib.Path}
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3, 4, 5], metavar="N")
    parser.add_argument("--at-least", type=float, default=0.0, metavar="R", help="the bar")
    parser.add_argument("--scenario", **path, default=CHECKOUT / "scenarios" / "grocery_panel.toml")
    parser.add_argument("--program", **path, default=CHECKOUT / "bin" / "retailsim")
    parser.add_argument("--docs", **path, default=CHECKOUT / "docs", help="folder of the page")
    parser.add_argument("--out", **path, default=CHECKOUT / "build" / "realism")
    parser.add_argument(
        "--reference", **path, default=CHECKOUT / "build" / "reference" / "lines.parquet"
    )
    return parser.parse_args()


class Clock:
    """Says what was measured, and how long it took."""

    def __init__(self) -> None:
        self.began = time.monotonic()

    def __call__(self, measured: Measurement) -> Measurement:
        now = time.monotonic()
        print(
            f"{measured.name:32}R {measured.realism:5.2f}   F {measured.score.total:5.2f}   "
            f"S {measured.quality.total:5.2f}   {now - self.began:4.0f} s",
            flush=True,
        )
        self.began = now
        return measured


def measure_seeds(options: argparse.Namespace, say: Clock) -> list[Measurement]:
    """The first seed's lines are build/realism/lines.parquet, and its lake stays."""
    measured = []
    for seed in options.seeds:
        first = seed == options.seeds[0]
        lines = simulated_lines(options.program, options.scenario, seed, options.out, keep=first)
        measured.append(
            say(against(f"simulated, seed {seed}", options.reference, facts.panel(), lines))
        )
    return measured


def measure_halves(options: argparse.Namespace, say: Clock) -> Measurement:
    odd, even = (
        comparisons.households(options.reference, remainder, options.out / f"{name}.parquet")
        for remainder, name in ((1, "odd"), (0, "even"))
    )
    expected = facts.measure(facts.Sales(odd))
    return say(against("panel, odd against even", odd, expected, even))


def measure_shuffled(options: argparse.Namespace, say: Clock) -> Measurement:
    lines = comparisons.shuffled(options.reference, options.out / "shuffled.parquet")
    return say(against("panel, shuffled columns", options.reference, facts.panel(), lines))


def shown(path: pathlib.Path) -> str:
    path = path.resolve()
    return str(path.relative_to(CHECKOUT) if path.is_relative_to(CHECKOUT) else path.name)


def main() -> int:
    options = arguments()
    if not options.scenario.is_file():
        sys.exit(f"error: {options.scenario} is not there\n  hint: --scenario names another")
    if not options.reference.is_file():
        prepare_reference.prepare(options.reference)
    say = Clock()
    simulated = measure_seeds(options, say)
    result = page.Result(
        scenario=shown(options.scenario),
        seeds=options.seeds,
        simulated=simulated,
        ceiling=measure_halves(options, say),
        shuffled=measure_shuffled(options, say),
    )
    years = [each.values for each in simulated]
    plots.draw_all(facts.panel(), years, options.docs / "images" / "realism")
    (options.docs / "realism.md").write_text(page.text(result))
    print(f"{options.docs / 'realism.md'}: R {result.realism:.2f}, mean of {len(years)} seeds")
    if result.realism < options.at_least:
        print(f"error: R is below {options.at_least:g}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
