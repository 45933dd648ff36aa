"""The demo booru in the dialects of Gelbooru 0.2.5 and of its older sibling 0.2.

The source of neither is public. There are no comments, notes, pools or favourites, and
no feed of deleted posts, which are not told of at all.
"""
