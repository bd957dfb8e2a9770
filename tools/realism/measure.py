"""How real a table of sales lines looks beside the panel: a score F from 0 to 100.

    .venv-test/bin/python tools/realism/measure.py LINES.parquet [--by-fact] [--quality]

LINES is what sales_lines.py makes of a lake; facts/ and README.md say what is measured. --quality
adds S, the quality report of sdmetrics, and R = 0.8 F + 0.2 S; that takes half a minute and needs
the reference and .venv-realism.
"""

import argparse
import pathlib
import sys

import facts

CHECKOUT = pathlib.Path(__file__).resolve().parents[2]
REFERENCE = CHECKOUT / "build" / "reference" / "lines.parquet"


def shown(value: facts.Value) -> str:
    """A number, or how many there are of a distribution."""
    if value is None:
        return "—"
    return f"[{len(value)}]" if isinstance(value, list) else f"{value:.4g}"


def print_score(reference: facts.Measured, candidate: facts.Measured, by_fact: bool) -> float:
    score = facts.score(reference, candidate)
    print(f"F {score.total:.2f}")
    for group, mean in score.by_group.items():
        print(f"  {group:12}{mean:6.2f}")
    if by_fact:
        print(f"\n{'fact':28}{'group':13}{'alike':>6}{'panel':>10}{'here':>10}")
        for fact in sorted(facts.FACTS, key=lambda fact: score.by_fact[fact.name]):
            pair = shown(reference.get(fact.name)), shown(candidate.get(fact.name))
            print(f"{fact.name:28}{fact.group:13}{score.by_fact[fact.name]:6.3f}", end="")
            print(f"{pair[0]:>10}{pair[1]:>10}")
    return score.total


def print_quality(reference: pathlib.Path, lines: pathlib.Path, alike: float) -> None:
    if not reference.is_file():
        sys.exit(f"error: {reference} is not there\n  hint: prepare_reference.py makes it")
    try:
        from measurement import realism  # noqa: PLC0415  (its packages are in .venv-realism only)
        from quality import quality  # noqa: PLC0415

        report = quality(reference, lines)
    except ModuleNotFoundError as error:
        sys.exit(f"error: {error}\n  hint: tools/setup.sh realism, then .venv-realism/bin/python")
    print(f"S {report.total:.2f}")
    for name, part in report.by_property.items():
        print(f"  {name:24}{part:6.2f}")
    print(f"R {realism(alike, report.total):.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lines", type=pathlib.Path, help="Parquet file of sales lines")
    parser.add_argument("--by-fact", action="store_true", help="every fact, the worst first")
    parser.add_argument("--quality", action="store_true", help="S and R as well")
    parser.add_argument("--reference", type=pathlib.Path, default=REFERENCE, help="for --quality")
    options = parser.parse_args()
    if not options.lines.is_file():
        sys.exit(f"error: {options.lines} is not there\n  hint: sales_lines.py makes it of a lake")
    sales = facts.Sales(options.lines)
    print(", ".join(f"{count:,} {what}" for what, count in sales.totals.items()))
    alike = print_score(facts.panel(), facts.measure(sales), options.by_fact)
    if options.quality:
        print_quality(options.reference, options.lines, alike)


if __name__ == "__main__":
    main()
