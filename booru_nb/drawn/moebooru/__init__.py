"""The demo booru in the dialect of Moebooru.

API: https://konachan.net/help/api. It has no pools, votes, notes or comments. The
category 5 of its tags is ``meta``, for each site of this engine chooses its own.
"""
