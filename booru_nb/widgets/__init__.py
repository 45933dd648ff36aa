"""What a person sees and touches: the grid, the search bar, the details, the explorer.

Each widget has two halves of one name: ``x.py`` here, which states what crosses the
wire, and ``static/x.js`` with ``static/x.css`` in the browser.
"""
