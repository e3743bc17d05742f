"""The process: what happens next, who does it, by when."""

from django.apps import AppConfig


class Mediation(AppConfig):
    """Flows, their screens, and the engine that closes viewflow's gaps."""

    name = "mediation"

    def ready(self) -> None:
        """Register the checks that refuse an unsafe flow."""
        from mediation.engine import checks  # noqa: F401, PLC0415
