"""What a notebook shows: the grid of thumbnails, and what is built around it.

Each widget has two halves of one name: the Python half states what crosses the wire,
and the browser's half lies in ``static``.
"""
