"""Commands of `manage.py` about the file."""
