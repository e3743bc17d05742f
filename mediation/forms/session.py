"""The form of a session: its record and its result."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.models import Claim, ClaimOutcome
from casework.queries.of_case import claims_of, parties_of
from mediation.commands import ending
from mediation.commands import mediation as commands
from mediation.engine.steps import Rows, RowsWidget, StepForm
from mediation.forms.mediation import attendance_rows, extend_from, limits
from mediation.forms.snippets import SnippetArea, record_snippets

HELD = "result!=NOT_HELD"
MOST_ROWS = 40  # of a large group each claim is named by its number


def _line(number: int, claim: Claim) -> str:
    """A claim as it is chosen: "1 拖欠工资 21,000.00"."""
    return f"{number} {claim.item} {claim.amount_yuan or 0:,.2f}"


class SessionForm(StepForm):
    """The record of a session (D12): rights, facts, issues, what was said, and the result."""

    submit = _("Save the record")
    result = forms.ChoiceField(
        label=_("Result"),
        choices=(
            ("", "-"), ("SETTLED", _("settled")), ("PARTLY", _("settled in part")),
            ("NOT_SETTLED", _("not settled")), ("ANOTHER", _("another session")),
            ("EXTENDED", _("extended by both sides")), ("WITHDRAWN", _("withdrawn")),
            ("NOT_HELD", _("was not held")),
        ),
    )  # fmt: skip
    attendance = attendance_rows(required=False)
    rights_read = forms.BooleanField(
        label=_("Identity checked; rights, recusal, confidentiality and warning read"),
        required=False,
    )
    agreed_facts = forms.CharField(
        label=_("Agreed facts"), widget=forms.Textarea({"rows": 4}), required=False
    )
    issues = forms.CharField(
        label=_("Issues"), widget=forms.Textarea({"rows": 4}), required=False
    )
    record = forms.CharField(label=_("Record"), widget=SnippetArea, required=False)
    offers = Rows(
        {
            "side": forms.ChoiceField(
                label=_("Side"), choices=(("worker", _("worker")), ("employer", _("employer")))
            ),
            "text": forms.CharField(label=_("Offer"), max_length=400),
        },
        label=_("Offers (sealed: nobody else reads them)"), required=False,
    )  # fmt: skip
    outcomes = Rows(
        {
            "claim": forms.IntegerField(label=_("Claim no."), min_value=1),
            "outcome": forms.ChoiceField(
                label=_("Outcome"), choices=ClaimOutcome.choices, required=False
            ),
            "agreed_yuan": forms.DecimalField(
                label=_("Agreed sum (yuan)"), max_digits=14, decimal_places=2, min_value=0,
                required=False,
            ),
            "reason": forms.CharField(label=_("Reason"), max_length=120, required=False),
        },
        label=_("Outcome of each claim"), required=False,
        help_text=_("Settled, and no claim is given an outcome: each is agreed in full."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), required=False, max_length=120)
    ended_at = forms.TimeField(label=_("Ended at"), required=False)
    extend_days = forms.IntegerField(
        label=_("Days of mediation in all, with the extension"), required=False, min_value=1
    )
    worker_signed = forms.BooleanField(label=_("The worker's side signed"), required=False)
    employer_signed = forms.BooleanField(label=_("The employer's side signed"), required=False)
    sections = (
        (_("Who is there"), ("attendance", "rights_read")),
        (_("Facts and record"), ("agreed_facts", "issues", "record", "ended_at")),
        (_("Sealed offers"), ("offers",)),
        (_("Result and next step"), ("result", "reason", "outcomes")),
        (_("Longer, if both sides sign"), ("extend_days", "worker_signed", "employer_signed")),
    )
    whens = {
        **dict.fromkeys(
            ("attendance", "rights_read", "agreed_facts", "issues", "record", "ended_at", "offers"), HELD
        ),
        "reason": "result=NOT_SETTLED PARTLY WITHDRAWN EXTENDED NOT_HELD",
        "outcomes": "result=SETTLED PARTLY NOT_SETTLED",
        **dict.fromkeys(
            ("extend_days", "worker_signed", "employer_signed"), "result=EXTENDED"
        ),
    }  # fmt: skip

    def prepare(self) -> None:
        """Propose that everybody came, and a row for each claim, still without an outcome."""
        self.fields["attendance"].initial = commands.present_rows(self.case)
        if self.case is None:
            return
        claims = list(enumerate(sorted(claims_of(self.case), key=lambda row: row.pk), 1))
        if len(claims) <= MOST_ROWS:
            outcomes = cast("Rows", self.fields["outcomes"])
            outcomes.initial = [{"claim": number} for number, _claim in claims]
            cast("RowsWidget", outcomes.widget).spare = 0
            outcomes.offer("claim", [(number, _line(number, row)) for number, row in claims])
        area = cast("SnippetArea", self.fields["record"].widget)
        area.snippets = record_snippets(self.case)

    def context(self) -> dict[str, Any]:
        """The claims by their number, and the limits that run."""
        claims = list(self.case.claims.order_by("id")) if self.case else []
        return {"numbered_claims": list(enumerate(claims, 1)), "limits": limits(self.case)}

    def clean(self) -> dict[str, Any]:
        """What each result needs."""
        data: dict[str, Any] = super().clean() or {}
        result = data.get("result")
        data["outcomes"] = self._told(data.get("outcomes", []))
        if not data.get("attendance"):
            data["attendance"] = commands.present_rows(self.case)
        if result == "NOT_HELD":
            self._need(data, "reason")
            return data
        for name in ("rights_read", "record"):
            self._need(data, name)
        if result in ("NOT_SETTLED", "PARTLY", "WITHDRAWN"):
            self._need(data, "reason")
        if result in ("SETTLED", "PARTLY"):
            self._authorised(data)
        if result == "EXTENDED":
            self._need(data, "extend_days")
        count = self.case.claims.count() if self.case else 0
        if any(row["claim"] > count for row in data.get("outcomes", [])):
            self.add_error("outcomes", _("There is no claim of this number."))
        return data

    def _authorised(self, data: dict[str, Any]) -> None:
        """Who settles for another says by what authority.

        Source: 《民事诉讼法》第六十二条第二款 (special authority to settle), applied by analogy.
        """
        own = {row.ref: row.name for row in parties_of(self.case)} if self.case else {}
        lacking = [
            row["name"]
            for row in data["attendance"]
            if row.get("present", True) and not row.get("authority")
            and row["ref"] in own and row["name"] != own[row["ref"]]
        ]  # fmt: skip
        if lacking:
            words = _(
                "%(names)s: who settles for a side needs special authority; write it down."
            )
            self.add_error("attendance", words % {"names": _(", ").join(lacking)})

    def _told(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows that say something; a sum without an outcome is asked about."""
        if any(not row["outcome"] and (row["agreed_yuan"] or row["reason"]) for row in rows):
            self.add_error("outcomes", _("Say for each sum or reason what the outcome is."))
        return [row for row in rows if row["outcome"]]

    def _need(self, data: dict[str, Any], name: str) -> None:
        if not data.get(name) and name not in self.errors:
            self.add_error(name, _("This field is required."))

    def act(self) -> str:
        """Record the session and what follows from it."""
        result: str = self.cleaned_data["result"]
        if result != "NOT_HELD":
            self.say_once = str(
                _(
                    "Print the record, read it back, let each page be signed; then: other acts, record signed."
                )
            )
        if result == "NOT_HELD":
            commands.call_off(
                self.case, reason=self.cleaned_data["reason"], by=self.by, at=self.at
            )
            return result
        self._hold(result)
        if result == "EXTENDED":
            extend_from(self)
        else:
            reason = self.cleaned_data["reason"]
            ending.conclude(self.case, result=result, reason=reason, by=self.by, at=self.at)
        return result

    def _hold(self, result: str) -> None:
        data = self.cleaned_data
        ended = data["ended_at"]
        facts = {
            "attendance": data["attendance"], "agreed_facts": data["agreed_facts"],
            "issues": data["issues"], "text": data["record"],
            "ended_at": clock.instant(self.on, ended.hour, ended.minute) if ended else None,
        }  # fmt: skip
        decisions = commands.decisions_for(self.case, result, data["outcomes"])
        commands.hold(
            self.case, facts=facts, decisions=decisions, result=result, offers=data["offers"],
            by=self.by, at=self.at,
        )  # fmt: skip
