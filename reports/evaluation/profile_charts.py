"""The charts of the profile: a radar of the goals, and bars against median and best."""

from __future__ import annotations

from typing import Any

from openpyxl.chart import BarChart, RadarChart, Reference

from .charts import dress
from .layout import Layout
from .profile_places import GOALS

_OWN, _MEDIAN, _BEST = 4, 5, 6
"""Columns of the goals' scores."""


def profile_charts(layout: Layout, target: Any) -> None:
    """Put the charts under the goals."""
    last = GOALS + len(layout.goals) - 1
    radar, bars = RadarChart(), BarChart()
    radar.type, radar.style, bars.type = "marker", 26, "bar"
    bars.x_axis.scaling.orientation = "maxMin"
    for chart, end, title in ((radar, _MEDIAN, "profile"), (bars, _BEST, "bars")):
        scores = Reference(target, min_col=_OWN, max_col=end, min_row=GOALS - 1, max_row=last)
        chart.add_data(scores, titles_from_data=True)
        column = 1 if chart is radar else 2
        chart.set_categories(Reference(target, min_col=column, min_row=GOALS, max_row=last))
        chart.title = layout.say(f"charts.{title}")
        dress(chart)
        chart.height = 8.8
    radar.width, bars.width = 11.4, 14.6  # type: ignore[assignment]
    target.add_chart(radar, f"A{last + 2}")
    target.add_chart(bars, f"E{last + 2}")
