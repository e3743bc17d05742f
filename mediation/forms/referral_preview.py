"""Looking through what will leave the house, before it does."""

import hashlib
import json
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands.base import CommandRefused
from casework.commands.consent import standing_consent
from casework.commands.matter_guards import require_guards
from casework.models import Referral
from casework.queries.disclosure import fields_for, shown_to
from casework.queries.routing import route_of
from documents.packing import papers_for
from mediation.forms.referral_shown import ShownFields
from mediation.forms.referral_words import PACK_WORDS, TROUBLES, pack_rows


def preview_of(referral: Referral) -> dict[str, Any]:
    """What the pack of a referral would hold if it were frozen now. Reads only."""
    shown = shown_to(referral)
    fields, papers = fields_for(referral, shown), papers_for(referral)
    seen = json.dumps([fields, [row["id"] for row in papers]], sort_keys=True, default=str)
    return {
        "office": referral.office.name,
        "rows": pack_rows(fields),
        "files": [
            f"{row['name']}　{row['who']}　{row['sha256'][:8]}"
            for row in fields.get("files", [])
        ],
        "papers": [f"{row['title']}　{row['number']}".strip() for row in papers],
        "withheld": [str(PACK_WORDS.get(kind, kind)) for kind in sorted(shown.withheld)],
        "digest": hashlib.sha256(seen.encode()).hexdigest()[:16],
    }


class Previewed(ShownFields):
    """A form whose page shows first what will be sent, then sends exactly that.

    A program that gives neither `look` nor `seen` sends at once.
    """

    submit: ClassVar[str | Promise] = _("Look through what will be sent")
    look = forms.BooleanField(required=False, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    preview: dict[str, Any] | None = None
    looking = True  # the page asks for a look first

    def clean(self) -> dict[str, Any]:
        """A look, or a pack that has changed since the look, shows the page again."""
        data: dict[str, Any] = super().clean() or {}
        if self.errors or not (data.get("look") or data.get("seen")):
            return data
        found = self._preview(data)
        if found is not None and data.get("seen") != found["digest"]:
            self.preview, self.looking = found, False
            self.submit = _("Send the referral")  # type: ignore[misc]
            words = (
                _("Look through what will be sent, then send it.")
                if data.get("look")
                else _("What will be sent has changed since you looked: look again, then send.")
            )
            raise forms.ValidationError(words, code="look")
        return data

    def _preview(self, data: dict[str, Any]) -> dict[str, Any] | None:
        """The pack as it would be; None without an office (then a person looks for one)."""
        try:
            require_guards(self.case, data["matter"], self.shown(), clock.day(self.at))
        except CommandRefused as refused:
            field = refused.field if refused.field in self.fields else None
            self.add_error(field, str(refused))
            return None
        found = route_of(self.case, data["matter"])
        if found.office is None:
            return {"trouble": TROUBLES.get(found.why, found.why), "digest": found.why}
        row = Referral(
            case=self.case, matter=data["matter"], office=found.office, shown=self.shown(),
            agency=found.office.agency, ground=data.get("ground") or "",
        )  # fmt: skip
        free = bool(row.ground) or standing_consent(self.case, row.agency) is not None
        return {**preview_of(row), "asks_first": not free}
