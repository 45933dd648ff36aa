"""The demo booru in the dialect of Danbooru 2.

API: https://danbooru.donmai.us/wiki_pages/help:api
"""
