"""The pictures of the demo booru, drawn with Pillow from what a scene says."""
