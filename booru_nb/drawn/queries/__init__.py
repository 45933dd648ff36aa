"""Queries: what all dialects ask of posts, each in its own words."""
