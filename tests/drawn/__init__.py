"""Tests of the demo booru."""
