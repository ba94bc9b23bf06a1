"""One file a command; helhed/cli.py joins them."""
