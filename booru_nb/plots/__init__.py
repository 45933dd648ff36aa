"""Charts of frames of statistics.

`plot` chooses the chart by a frame's columns. What is drawn is inlined as plain values
in columns of our own names, so that nothing in a tag, in a title or in a column's name
is read as anything but text.
"""

from booru_nb.plots.chart import Drawn, said_by
from booru_nb.plots.kinds import plot

__all__ = ["Drawn", "plot", "said_by"]
