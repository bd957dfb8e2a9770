"""Figures as plain dictionaries, as Plotly's JSON: building its objects would take longer than
everything else on a page. Colours come from the theme, so that light and dark both work.
"""

import urllib.parse
from collections.abc import Sequence
from typing import Any

Figure = dict[str, Any]

# Okabe and Ito's palette, which readers with any colour vision can tell apart.
BLUE, ORANGE, GREEN, GREY = "#0072B2", "#E69F00", "#009E73", "#888888"
CONFIG = {"displayModeBar": False, "scrollZoom": False}


def _layout(height: int, **more: Any) -> dict[str, Any]:
    return {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "xaxis": {"automargin": True, "fixedrange": True},
        "yaxis": {"automargin": True, "fixedrange": True},
        "hovermode": "closest",
    } | more


def lines(
    x: Sequence[Any],
    series: Sequence[tuple[str, Sequence[float | None], str, str]],
    height: int = 320,
) -> Figure:
    """Lines over time: (name, values, colour, dash) each."""
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines",
                "name": name,
                "x": list(x),
                "y": list(values),
                "line": {"color": colour, "width": 2, "dash": dash},
            }
            for name, values, colour, dash in series
        ],
        "layout": _layout(height, hovermode="x unified")
        | {"yaxis": {"automargin": True, "fixedrange": True, "rangemode": "tozero"}},
    }


def heat_map(
    x: Sequence[Any], y: Sequence[str], z: Sequence[Sequence[float | None]], height: int = 300
) -> Figure:
    """Cells by column x and row y, the first row on top."""
    return {
        "data": [
            {
                "type": "heatmap",
                "x": list(x),
                "y": list(y),
                "z": [list(row) for row in z],
                "colorscale": "Cividis",
                "colorbar": {"thickness": 10, "outlinewidth": 0},
                "hovertemplate": "%{y} %{x} h: %{z:.1f}<extra></extra>",
            }
        ],
        "layout": _layout(height)
        | {
            "xaxis": {"dtick": 2, "fixedrange": True, "automargin": True},
            "yaxis": {"autorange": "reversed", "fixedrange": True, "automargin": True},
        },
    }


def bars(
    labels: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None], str]],
    horizontal: bool = False,
    stacked: bool = False,
    height: int = 320,
) -> Figure:
    """Bars side by side or stacked: (name, values, colour) each."""
    along, across = ("x", "y") if horizontal else ("y", "x")
    layout = _layout(height, barmode="stack" if stacked else "group", showlegend=len(series) > 1)
    if horizontal:
        layout["yaxis"] = {"autorange": "reversed", "fixedrange": True, "automargin": True}
    layout[f"{across}axis"] = layout[f"{across}axis"] | {"type": "category"}
    return {
        "data": [
            {
                "type": "bar",
                "name": name,
                "orientation": "h" if horizontal else "v",
                along: list(values),
                across: list(labels),
                "marker": {"color": colour},
            }
            for name, values, colour in series
        ],
        "layout": layout,
    }


def bubbles(
    x: Sequence[float | None],
    y: Sequence[float | None],
    sizes: Sequence[float],
    names: Sequence[str],
    *,
    titles: tuple[str, str] = ("", ""),
    percent: bool = False,
    same_scale: bool = False,
    height: int = 320,
) -> Figure:
    """A named bubble a point; the area is the size."""
    most = max([*sizes, 1])
    layout = _layout(height, showlegend=False)
    layout["xaxis"] |= {"title": {"text": titles[0]}, "zeroline": False}
    layout["yaxis"] |= {"title": {"text": titles[1]}, "zeroline": False}
    if percent:
        layout["yaxis"]["tickformat"] = ".1%"
    if same_scale:  # a degree of longitude is shorter: 0.68 of one of latitude at 47° north
        layout["yaxis"] |= {"scaleanchor": "x", "scaleratio": 1.47}
    few = len(names) <= 25
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers+text" if few else "markers",
                "x": list(x),
                "y": list(y),
                "text": list(names),
                "textposition": "top center",
                "cliponaxis": False,  # a name may lie above the highest line
                "hovertemplate": "%{text}<br>%{x:,.2f} · %{y}<extra></extra>",
                "marker": {
                    "size": [8 + 28 * (max(size, 0) / most) ** 0.5 for size in sizes],
                    "color": BLUE,
                    "opacity": 0.75,
                },
            }
        ],
        "layout": layout,
    }


def spark(values: Sequence[float | None], height: int = 40) -> str:
    """A small line as HTML, for eyes alone: the numbers stand elsewhere. Streamlit's own would load
    a second chart library, and take a third of the time that a page needs after a click. A picture,
    because SVG itself is taken out of a page's HTML."""
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return f'<div style="height: {height}px"></div>'
    least, most = min(value for _, value in known), max(value for _, value in known)
    step, rise = 100 / (len(values) - 1), 36 / ((most - least) or 1)
    points = " ".join(f"{step * at:.1f},{38 - rise * (value - least):.1f}" for at, value in known)
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40" preserveAspectRatio="none">'
        f'<polyline points="{points}" fill="none" stroke="{BLUE}" stroke-width="2" '
        'vector-effect="non-scaling-stroke"/></svg>'
    )
    address = "data:image/svg+xml," + urllib.parse.quote(svg)
    return f'<img alt="" src="{address}" style="width: 100%; height: {height}px; display: block">'
