"""What all charts have in common."""

from __future__ import annotations

from typing import Any

from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties

from .style import LINE, SERIES


def dress(chart: Any, top: float | None = 100.0) -> None:
    """Give a chart its axes, light grid and colours.

    Parameters
    ----------
    chart : openpyxl chart
        With its series.
    top : float, optional
        End of the value axis; free where None.
    """
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.number_format = "0"
    chart.y_axis.numFmt.sourceLinked = False
    chart.y_axis.scaling.min = 0
    if top is not None:
        chart.y_axis.scaling.max = top
        chart.y_axis.majorUnit = top / 5
    if chart.y_axis.majorGridlines is not None:
        chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=LINE))
    if chart.legend is not None:
        chart.legend.position = "b"
    radar = chart.tagname == "radarChart"
    for series, colour in zip(chart.series, SERIES, strict=False):
        series.graphicalProperties.line.solidFill = colour
        series.graphicalProperties.line.width = 28_000
        if not radar:
            series.graphicalProperties.solidFill = colour
        else:
            series.marker.symbol = "none"


def size_of(chart: Any, height: float, width: float) -> None:
    """Set a chart's size in centimetres."""
    chart.height, chart.width = height, width
