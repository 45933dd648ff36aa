"""The demo booru in the dialect of szurubooru.

API: https://github.com/rr-/szurubooru/blob/master/doc/API.md. It has no pools, comments
or notes, and hides no posts: those that others hide are not there at all. Whatever is
neither the API nor a file is the one page of its web client.
"""
