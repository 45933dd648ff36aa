"""A booru of pictures that code draws, for trying things without a network."""
