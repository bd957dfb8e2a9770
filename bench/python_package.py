"""What Python adds to a simulation: `make bench`. README.md says how and why.

The program writes a feed (50 stores of scenarios/century.toml in four weeks), the package writes
the same feed, and the package streams every table of the same days as Arrow. In turns, one thread
each. Exit 1 when the package costs more than the bar beside the program.
"""

import argparse
import pathlib
import sys

from measure import Contestant, take_turns

CHECKOUT = pathlib.Path(__file__).resolve().parent.parent
OUT = CHECKOUT / "build" / "bench"
SCENARIO = CHECKOUT / "scenarios" / "century.toml"
TO = "2023-01-29"
SCALE = "0.05"
BAR = 1.05

WRITE = """
import sys, retailsim
chain = retailsim.Scenario.load(sys.argv[1]).scaled(float(sys.argv[4]))
retailsim.write_feed(chain, sys.argv[2], to_day=sys.argv[3], threads=1)
"""
STREAM = """
import sys, retailsim
chain = retailsim.Scenario.load(sys.argv[1]).scaled(float(sys.argv[4]))
rows = 0
for batches in retailsim.simulate(chain, to_day=sys.argv[3], threads=1).batches():
    rows += sum(batch.num_rows for batch in batches.values())
print(rows)
"""


def program(folder: pathlib.Path) -> list[str]:
    binary = str(CHECKOUT / "bin" / "retailsim")
    options = ["--to", TO, "--scale", SCALE, "--threads", "1", "--quiet"]
    return [binary, "simulate", str(SCENARIO), "--out", str(folder / "feed"), *options]


def package(script: str, folder: pathlib.Path) -> list[str]:
    return [sys.executable, "-c", script, str(SCENARIO), str(folder / "feed"), TO, SCALE]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    contestants = [
        Contestant("retailsim simulate", program),
        Contestant("retailsim.write_feed", lambda folder: package(WRITE, folder)),
        Contestant("every table as Arrow", lambda folder: package(STREAM, folder)),
    ]
    costs = take_turns(contestants, OUT / "python", parser.parse_args().rounds, print)
    first = costs[0]
    for contestant, cost in zip(contestants, costs, strict=True):
        print(
            f"{contestant.name:24} {cost.cpu_s:6.2f} CPU-s ({cost.cpu_s / first.cpu_s:.2f} of the "
            f"program), {cost.wall_s:6.2f} s, {cost.peak_mb:4.0f} MB"
        )
    sys.exit(costs[1].cpu_s > BAR * first.cpu_s)
