"""The posts of the demo booru: what is on each picture, and what is said about it."""
