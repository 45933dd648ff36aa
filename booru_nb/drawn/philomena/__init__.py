"""The demo booru in the dialect of Philomena.

API: https://derpibooru.org/pages/api. It has no comments, galleries or filters of
anybody's own. Its own filters are two: the default one hides what is rated
questionable or explicit, and 56027 hides nothing.
"""
