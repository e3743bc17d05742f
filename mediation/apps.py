"""The process: what happens next, who does it, by when."""

from django.apps import AppConfig


class Mediation(AppConfig):
    """Flows, their screens, and the engine that closes viewflow's gaps."""

    name = "mediation"

    def ready(self) -> None:
        """Register the checks that refuse an unsafe flow, and let papers be printed by a job."""
        from documents import dossier, issue, letting_go, preview, stamping, wording
        from mediation.api import openapi  # noqa: F401
        from mediation.commands import archive, liaison_post  # noqa: F401  (the morning's digest)
        from mediation.engine import (  # noqa: F401
            checks,
            counting,
            jobs,
            texts,
        )
        from mediation.exchange import jobs as exchange  # noqa: F401

        issue.after_freeze = jobs.defer_paper
        dossier.after_ask = jobs.defer_dossier
        preview.after_make = jobs.defer_preview
        wording.after_draft = jobs.defer_sample
        stamping.after_ask = jobs.defer_stamp
        letting_go.after_let_go = archive.defer_removal
