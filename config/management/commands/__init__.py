"""Commands of `manage.py` about the installation: set-up, server, demo, doctor."""
