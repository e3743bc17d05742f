"""Django looks here for commands of `manage.py`."""
