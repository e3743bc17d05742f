"""From facts and imprint to a print job: template, style and pictures put together."""

from datetime import UTC
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string

from documents import pictures, sandbox
from documents.catalogue import Kind, kind_of, title_of
from documents.facts.base import Imprint, canonical, freeze
from documents.rendering import Job

ACROSS = ("D14",)  # a page of an agreement must not be exchanged
STYLES = Path(__file__).parent / "templates" / "documents" / "css"


def compose(facts: Any, imprint: Imprint, *, archival: bool = True, source: str = "") -> Job:
    """The print job of a paper: the same facts and imprint always give the same job.

    `source`: a template of the database (see `wording`); without one the release's own is used.
    """
    kind = kind_of(imprint.code)
    return Job(
        html=page(kind, facts, imprint, source),
        css=_style(kind.look),
        created=imprint.issued_at.astimezone(UTC).isoformat(),
        assets=_assets(facts, imprint),
        facts=canonical({"imprint": freeze(imprint), "facts": freeze(facts)}),
        across=imprint.sealed and kind.code in ACROSS,
        archival=archival,
    )


def page(kind: Kind, facts: Any, imprint: Imprint, source: str = "") -> str:
    """The page of a paper in HTML. Raises: TemplateSyntaxError for a `source` that is no template."""
    context = _context(kind, facts, imprint)
    return (
        sandbox.render(source, context) if source else render_to_string(kind.template, context)
    )


def speaker(kind: Kind, facts: Any) -> str:
    """Who issues the paper: the union, its mediation committee, or nobody in particular."""
    issuer = getattr(facts, "issuer", None)
    return getattr(issuer, kind.voice) if issuer and kind.voice else ""


def _context(kind: Kind, facts: Any, imprint: Imprint) -> dict[str, object]:
    created = imprint.issued_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    paper = SimpleNamespace(
        **{
            **freeze(imprint),
            "issued_on": imprint.issued_on,
            "issued_at": imprint.issued_at,
            "title": title_of(kind, facts),
            "created": created,
        }
    )
    who = speaker(kind, facts)
    return {
        "f": facts,
        "p": paper,
        "mark": who,
        "signer": who,
        "claim_rows": 1 + max(1, len(getattr(facts, "claims", ()))),
    }


def _assets(facts: Any, imprint: Imprint) -> dict[str, str]:
    found = {"qr": pictures.qr(imprint.address)}
    if imprint.sealed:
        found["seal"] = pictures.seal(imprint.seal_name)
    for place, chart in enumerate(getattr(facts, "charts", ())):
        found[f"chart{place}"] = pictures.bars(
            [(bar.label, bar.value, bar.shown) for bar in chart.bars]
        )
    return found


@lru_cache(maxsize=8)
def _style(look: str) -> str:
    return "\n".join((STYLES / f"{name}.css").read_text("utf-8") for name in ("common", look))
