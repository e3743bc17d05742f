"""Templates changed by an administrator: drafted, printed from invented facts, activated by another person.

A paper keeps the version that was active when it was issued; versions are never changed or deleted.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.template import TemplateSyntaxError
from django.utils.translation import gettext as _

from casework.commands.base import CommandRefused
from casework.commands.people_of_house import noted
from casework.models import HouseActKind, User
from casework.together import read
from documents import gallery, said, samples, sandbox, storage
from documents.catalogue import Kind, kind_of
from documents.compose import compose, page
from documents.facts.base import Imprint
from documents.models import PaperState, Wording, WordingLife
from documents.rendering import RenderFailed, nets, render

after_draft: Callable[[int], None] | None = None  # takes the version's id


class TemplateRefused(CommandRefused):
    """This template cannot be used."""


class NotTheDrafter(CommandRefused):
    """Whoever drafted a template does not activate it: a second person does."""


class NotPrinted(CommandRefused):
    """The sample must be printed and looked at first."""


class NotADraft(CommandRefused):
    """This version is no draft any more."""


def current(code: str) -> Wording | None:
    """The active version of a paper's template; None: the release's own."""
    return read(("documents_wording",), ("active",), _active).get(code)


def _active() -> dict[str, Wording]:
    return {row.code: row for row in Wording.objects.filter(life=WordingLife.ACTIVE)}


def source_of(code: str) -> str:
    """The template in use."""
    active = current(code)
    return active.source if active else sandbox.built_in(code)


def problems(code: str, source: str) -> list[str]:
    """Why a template cannot be used, each in a sentence: what it may not say, and what it leaves out."""
    if found := sandbox.problems_of_source(source):
        return found
    kind, facts = kind_of(code), samples.FACTS[code]
    imprint = gallery.sample_imprint(code)
    try:
        made = page(kind, facts, imprint, source)
    except (
        TemplateSyntaxError,
        TypeError,
        ValueError,
        AttributeError,
        RecursionError,
    ) as error:
        return [_("The template cannot be filled in: %(why)s") % {"why": str(error)[:160]}]
    return sandbox.problems_of_page(made) or _left_out(kind, facts, imprint, source)


def _left_out(kind: Kind, facts: Any, imprint: Imprint, source: str) -> list[str]:
    """What the release's template says of the mandatory facts and this one does not."""
    lost: list[str] = []
    for each in (facts, said.marked(facts)):
        own, new = page(kind, each, imprint), page(kind, each, imprint, source)
        before, after = ("".join(nets.shown(html)) for html in (own, new))
        for label, value in (*said.leaves(each, only_must=True), *_printed(imprint)):
            words = [nets.bare(word) for word in said.words_of(value)]
            lost += [label for word in words if word in before and word not in after]
        lost += [
            label
            for label, mark in ((_("QR code"), "asset:qr"), (_("seal"), "asset:seal"))
            if mark in own and mark not in new
        ]
    return [
        _("The template leaves out what this paper must state: %(name)s") % {"name": name}
        for name in dict.fromkeys(lost)
    ]


def _printed(imprint: Imprint) -> list[tuple[str, str]]:
    code, facts_hash = imprint.check, imprint.facts_sha256
    halves = (facts_hash[:32], facts_hash[32:])
    grouped = "-".join(code[at : at + 4] for at in range(0, len(code), 4))
    return [
        (_("number"), imprint.number),
        (_("verification code"), grouped),
        *((_("hash of the facts"), half) for half in halves),
    ]


@transaction.atomic
def draft(code: str, source: str, *, reason: str, by: User, at: datetime) -> Wording:
    """Keep a new version and have its sample printed. Raises: TemplateRefused with all that is wrong."""
    source = source.replace("\r\n", "\n").strip() + "\n"
    if source == source_of(code).strip() + "\n":
        raise TemplateRefused(_("Nothing was changed."), field="source")
    if found := problems(code, source):
        raise TemplateRefused(" ".join(found[:8]), field="source")
    kind_row = Wording.objects.select_for_update(no_key=True).filter(code=code)
    last = max(kind_row.values_list("version", flat=True), default=0)
    made = Wording.objects.create(
        code=code, version=last + 1, source=source, reason=reason, drafted_by=by, drafted_at=at
    )
    _tell(HouseActKind.WORDING_DRAFTED, made, by, at)
    if after_draft is not None:
        after_draft(made.pk)
    return made


def print_sample(wording_id: int) -> None:
    """Print a draft from invented facts; done twice it is done once."""
    with transaction.atomic():
        row = Wording.objects.select_for_update(no_key=True).get(pk=wording_id)
        if row.state == PaperState.READY:
            return
        imprint = gallery.sample_imprint(row.code, stamp=_("Sample"))
        try:
            sheet = render(compose(samples.FACTS[row.code], imprint, source=row.source))
        except RenderFailed as refusal:
            row.state, row.failure = PaperState.FAILED, str(refusal)[:240]
        else:
            row.state, row.sha256 = PaperState.READY, hashlib.sha256(sheet.pdf).hexdigest()
            storage.write(sheet.pdf, row.sha256)
        row.save(update_fields=["state", "failure", "sha256"])


@transaction.atomic
def activate(row: Wording, *, by: User, at: datetime) -> Wording:
    """Put a draft in use. Raises: NotADraft, NotPrinted, NotTheDrafter, TemplateRefused."""
    row = Wording.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.life != WordingLife.DRAFT:
        raise NotADraft
    if row.state != PaperState.READY:
        raise NotPrinted
    if row.drafted_by_id == by.pk:
        raise NotTheDrafter
    if found := problems(
        row.code, row.source
    ):  # a release may have changed the parts meanwhile
        raise TemplateRefused(" ".join(found[:8]))
    _end(row.code, by, at)
    row.life, row.activated_by, row.activated_at = WordingLife.ACTIVE, by, at
    row.save(update_fields=["life", "activated_by", "activated_at"])
    _tell(HouseActKind.WORDING_ACTIVATED, row, by, at)
    return row


@transaction.atomic
def withdraw(row: Wording, *, by: User, at: datetime) -> None:
    """Drop a draft, or go back from the active version to the release's own. Raises: NotADraft."""
    row = Wording.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.life == WordingLife.ENDED:
        raise NotADraft
    row.life, row.ended_by, row.ended_at = WordingLife.ENDED, by, at
    row.save(update_fields=["life", "ended_by", "ended_at"])
    _tell(HouseActKind.WORDING_ENDED, row, by, at)


def _tell(kind: HouseActKind, row: Wording, by: User, at: datetime) -> None:
    """The house's audit: which version of which paper, and why it was changed."""
    noted(kind, by=by, at=at, about=f"{row.code} {row.version}", reason=row.reason)


def _end(code: str, by: User, at: datetime) -> None:
    Wording.objects.filter(code=code, life=WordingLife.ACTIVE).update(
        life=WordingLife.ENDED, ended_by=by, ended_at=at
    )
