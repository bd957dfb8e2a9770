"""Pictures of the facts, the panel beside simulated years: docs/images/realism/*.svg.

The same measurements give the same bytes. What is drawn is what is scored.
"""

import pathlib
from collections.abc import Sequence

import facts
import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from pictures import PICTURES, Picture

REAL, SIMULATED, QUIET = "#3d4451", "#c2571a", "#9aa1ad"
STYLE = {
    "svg.hashsalt": "retailsim",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": REAL,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": REAL,
    "axes.titlelocation": "left",
    "axes.titlesize": 10,
    "text.color": REAL,
    "xtick.color": REAL,
    "ytick.color": REAL,
    "xtick.minor.size": 0,
    "lines.linewidth": 1.4,
    "lines.solid_joinstyle": "round",
    "legend.frameon": False,
}
NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


def draw_distribution(axes: Axes, picture: Picture, value: list[float], **style) -> None:
    axes.plot(picture.grid, [100 * share for share in value], **style)


def draw_cells(axes: Axes, picture: Picture, value: list[float], **style) -> None:
    axes.plot(range(len(value)), [100 * share for share in value], **style)


def dress(axes: Axes, picture: Picture) -> None:
    axes.set_title(picture.title)
    axes.set_xlabel(picture.unit)
    if picture.cells:
        axes.set_ylabel("% of all")
        step = 1 if len(picture.cells) <= 12 else 4
        axes.set_xticks(range(0, len(picture.cells), step), picture.cells[::step])
    else:
        axes.set_ylabel("% up to")
    if picture.logarithmic:
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter("{x:g}")
        axes.xaxis.set_minor_formatter("")
    if picture.until is not None:
        axes.set_xlim(0, picture.until)
    axes.set_ylim(bottom=0)
    axes.legend(loc="best", fontsize=8)


def draw(
    picture: Picture, panel: facts.Measured, simulated: Sequence[facts.Measured], out: pathlib.Path
) -> None:
    curve = draw_cells if picture.cells else draw_distribution
    with mpl.rc_context(STYLE):
        figure, axes = plt.subplots(figsize=(4.6, 2.9), layout="constrained")
        for number, measured in enumerate(simulated):
            label = "simulated" if number == 0 else None
            curve(axes, picture, measured[picture.fact], color=SIMULATED, alpha=0.6, label=label)
        curve(axes, picture, panel[picture.fact], color=REAL, linestyle=(0, (4, 2)), label="panel")
        dress(axes, picture)
        figure.savefig(out / picture.name, format="svg", metadata=NO_METADATA)
        plt.close(figure)


def draw_all(panel: facts.Measured, simulated: Sequence[facts.Measured], out: pathlib.Path) -> None:
    """Leaves out what a chain has no value of: no discount, no depth."""
    mpl.use("svg")
    out.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        having = [measured for measured in simulated if measured[picture.fact] is not None]
        draw(picture, panel, having, out)
