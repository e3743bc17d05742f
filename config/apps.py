"""The wiring as an app (its management commands), and static files without viewflow's 49 MB."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class Config(AppConfig):
    """Holds the commands that run the house: up, doctor, reset, first_admin."""

    name = "config"


class StaticFiles(StaticFilesConfig):
    """Leaves viewflow's own front end out of STATIC_ROOT."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "viewflow"]
