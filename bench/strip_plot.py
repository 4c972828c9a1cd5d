"""Panels of values on a line each, as one SVG that follows a light or dark page."""
import math
from typing import NamedTuple
from xml.sax.saxutils import escape

LEFT, WIDTH, GAP, TOP, ROW, FOOT = 212, 190, 34, 56, 26, 44

STYLE = """
text { font: 12px system-ui, sans-serif; fill: #333 } .title { font-weight: 600 } .tick { fill: #777; font-size: 11px }
.back { fill: #fff } .grid { stroke: #e3e3e3 } .paper { fill: #5b8c5a; opacity: .18 } .mean-of-paper { stroke: #5b8c5a }
.best { stroke: #999; stroke-dasharray: 4 3 } .dot { fill: #3566a8; opacity: .55 } .mean { stroke: #c2571a; stroke-width: 3 }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .tick { fill: #999 } .back { fill: #16181d } .grid { stroke: #2c3038 }
.paper { fill: #7fbf7d } .mean-of-paper { stroke: #7fbf7d } .dot { fill: #7fb0f0 } .mean { stroke: #f08c4f } }
"""


class Row(NamedTuple):
    name: str
    values: list


class Panel(NamedTuple):
    title: str
    rows: list
    paper: tuple  # mean, deviation
    best: float


def line(kind, x1, y1, x2, y2):
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def text(kind, x, y, words, anchor="start"):
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def bounds(panel):
    """Whole numbers around everything but the last row, whose values may lie far below."""
    values = [value for row in panel.rows[:-1] for value in row.values]
    mean, deviation = panel.paper
    return math.floor(min(values + [mean - deviation])), math.ceil(max(values + [panel.best]))


def of_panel(panel, left):
    low, high = bounds(panel)
    bottom = TOP + ROW * len(panel.rows)
    at = lambda value: left + (value - low) / (high - low) * WIDTH
    mean, deviation = panel.paper
    yield text("title", left + WIDTH / 2, TOP - 12, panel.title, "middle")
    yield (f'<rect class="paper" x="{at(mean - deviation):.1f}" y="{TOP}" width="{at(mean + deviation) - at(mean - deviation):.1f}" '
           f'height="{bottom - TOP}"/>')
    step = max(1, math.ceil((high - low) / 6))
    for tick in range(low, high + 1, step):
        yield line("grid", at(tick), TOP, at(tick), bottom)
        yield text("tick", at(tick), bottom + 14, str(tick), "middle")
    yield line("mean-of-paper", at(mean), TOP, at(mean), bottom)
    yield line("best", at(panel.best), TOP, at(panel.best), bottom)
    for number, row in enumerate(panel.rows):
        y = TOP + ROW * (number + 0.5)
        average = sum(row.values) / len(row.values)
        if average < low:
            yield text("tick", left, y + 4, f"← {average:.1f}")
            continue
        for value in row.values:
            yield f'<circle class="dot" cx="{at(value):.1f}" cy="{y:.1f}" r="4"><title>{value:.2f}</title></circle>'
        yield line("mean", at(average), y - 8, at(average), y + 8)


def draw(path, title, panels, caption):
    """Writes panels side by side that have the same rows."""
    width = LEFT + len(panels) * (WIDTH + GAP)
    height = TOP + ROW * len(panels[0].rows) + FOOT
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
             f"<title>{escape(title)}</title><style>{STYLE}</style>",
             f'<rect class="back" width="{width}" height="{height}"/>', text("title", 10, 20, title)]
    parts += [text("", 10, TOP + ROW * (number + 0.5) + 4, row.name) for number, row in enumerate(panels[0].rows)]
    for number, panel in enumerate(panels):
        parts += of_panel(panel, LEFT + number * (WIDTH + GAP))
    parts += [text("tick", 10, height - 8, caption), "</svg>"]
    with open(path, "w") as file:
        file.write("\n".join(parts) + "\n")
