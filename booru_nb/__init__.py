"""Explore imageboards inside Jupyter."""
