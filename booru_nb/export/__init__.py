"""From posts to a dataset: recipes of steps, and formats that trainers read."""
