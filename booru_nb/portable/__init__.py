"""What goes into other files and comes back: JSON, CSV, Parquet, other databases."""
