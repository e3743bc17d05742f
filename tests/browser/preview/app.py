"""The screens' own app, without the engine that checks flows at start-up."""

from django.apps import AppConfig


class Screens(AppConfig):
    """Templates and tags of `mediation`, and nothing else of it."""

    name = "mediation"
    label = "mediation"

    def ready(self) -> None:
        """Leave the engine's checks out: there are no flows here."""
