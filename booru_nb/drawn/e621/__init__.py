"""The demo booru in the dialect of e621ng.

API: https://e621.net/help/api. It has no ``v2=true``, no pools, notes or comments, and
asks nobody for a User-Agent.
"""
