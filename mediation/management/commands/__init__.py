"""Commands of `manage.py` about the process: worker, pump, diagrams, calendar, peers."""
