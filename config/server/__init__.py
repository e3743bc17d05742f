"""What runs the house on one machine; database, keys, web and workers."""
