"""What a trainer reads of a post: its tags, in an order, as words."""
