"""The data itself as tables and files, for other programs."""
