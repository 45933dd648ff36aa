"""The demo booru in the dialect of Shimmie2: the Danbooru API that it has in XML.

It has no ratings, and no extension but autocompletion; what other engines hide is not
there at all.
"""
