"""The form of a record that was read back and signed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import Case, Session, SessionState
from casework.models.hearing import ReadBack
from documents.uploads import MOST_BYTES
from mediation.commands import record_signing as commands
from mediation.engine.steps import StepForm
from mediation.forms.fields import text


def unsigned(case: Case) -> list[Session]:
    """The sessions whose record waits for its signatures, oldest first."""
    rows = [
        row
        for row in case.sessions.all()
        if row.state == SessionState.HELD and not row.signed_on
    ]
    return sorted(rows, key=lambda row: row.number)


class SignRecordForm(StepForm):
    """Read back, then every page signed: who, how many pages, the scan."""

    submit = _("Write down the signatures")
    lead = _(
        "Print the record, read it back, let everybody sign each page; then say here who did."
    )
    session = forms.ChoiceField(label=_("Session"))
    read_back = forms.ChoiceField(
        label=_("Read back"), choices=ReadBack.choices, widget=forms.RadioSelect
    )
    signed_by = forms.MultipleChoiceField(
        label=_("Signed every page"), widget=forms.CheckboxSelectMultiple, required=False
    )
    pages = forms.IntegerField(label=_("Number of pages"), min_value=1, max_value=200)
    why = text(
        _("Why a side did not sign"), 200,
        help_text=_("Only where somebody refused or had to leave; it stays with the record."),
    )  # fmt: skip
    file = forms.FileField(label=_("Scan of the signed record"), required=False)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Once a session was held whose record bears no signatures."""
        return case.closed_on is None and bool(unsigned(case))

    def prepare(self) -> None:
        """The records that wait, those who were there, and how many pages the paper has."""
        waiting = unsigned(self.case) if self.case else []
        self.rows = {str(row.pk): row for row in waiting}
        self.offer("session", [(key, _words(row)) for key, row in self.rows.items()])
        people = {
            each["ref"]: f"{each['ref']} {each['name']}"
            for row in waiting
            for each in row.attendance
            if each.get("present", True)
        }
        helpers = [("mediator", _("the mediator")), ("recorder", _("the recorder"))]
        self.offer("signed_by", [*people.items(), *helpers])
        if waiting:
            self.fields["pages"].initial = commands.pages_of(waiting[0]) or None

    def act(self) -> str:
        """Write it down."""
        data = self.cleaned_data
        sent = data["file"]
        commands.sign_record(
            self.rows[data["session"]], read_back=data["read_back"], signed_by=data["signed_by"],
            pages=data["pages"], why=data["why"],
            scan=(sent.name or "", sent.read(MOST_BYTES + 1)) if sent else None,
            by=self.by, at=self.at,
        )  # fmt: skip
        return "SIGNED"


def _words(row: Session) -> str:
    said = _("session %(number)s of %(day)s") % {
        "number": row.number, "day": clock.day(row.starts_at).isoformat(),
    }  # fmt: skip
    return str(said)


def words_of(row: Session) -> dict[str, Any]:
    """Where the record of a session stands, for a list: light, and pages when it is signed."""
    if row.state != SessionState.HELD:
        return {}
    if row.signed_on is None:
        return {"state": "soon", "words": _("record not signed yet")}
    return {
        "state": "normal",
        "words": _("record signed, %(pages)s pages") % {"pages": row.signed_pages},
    }
