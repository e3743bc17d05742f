"""The step that records an answer on paper: what it says, how it came, who said it, the scan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.referral_answer import REASONS
from casework.models import Case, Referral, Way
from casework.queries import at_once
from casework.queries.routing import on_paper
from casework.referral_protocol import State
from mediation.commands import paper_reply as commands
from mediation.engine.steps import StepForm
from mediation.forms.liaison_answer import NEEDS
from mediation.forms.referral import MATTER_CHOICES
from mediation.forms.referral_shown import text
from mediation.forms.referral_words import REASON_WORDS, matter_name

WAITING = (State.SENT, State.SIGNED, State.ACCEPTED)
AFTER = {State.SENT: ("SIGNED", *commands.ANSWERS), State.SIGNED: commands.ANSWERS,
         State.ACCEPTED: commands.REPORTS}  # fmt: skip
ALL_NEED = {**NEEDS, "PROGRESS": ["words"], "RESULT": ["result", "words"]}
OF_THEIRS = (
    "own_number", "handler", "expected_on", "missing", "reason_code", "reason", "matter",
    "result", "result_number", "result_yuan", "words",
)  # fmt: skip


class PaperReplyForm(StepForm):
    """An office that cannot log in has answered: the union writes down what it said."""

    submit = _("Record the answer")
    lead = _("Only for offices that have nobody here. What you record moves the referral as if the office had answered itself.")  # fmt: skip
    referral_of = forms.ChoiceField(label=_("Referral"))
    what = forms.ChoiceField(
        label=_("What they say"),
        choices=(
            ("SIGNED", _("they have it")), ("ACCEPTED", _("they take it")),
            ("RETURNED", _("material is missing")), ("DECLINED", _("not theirs")),
            ("REDIRECTED", _("another office's")), ("PROGRESS", _("progress")),
            ("RESULT", _("result")),
        ),
    )  # fmt: skip
    way = forms.ChoiceField(label=_("How it came"), choices=Way.choices)
    came_on = forms.DateField(
        label=_("It came on"),
        help_text=_(
            "The day on which it arrived, not the day of recording: clocks count from it."
        ),
    )
    said_by = forms.CharField(label=_("Who answers there"), max_length=60)
    letter_number = text(_("Number of their letter"), 60)
    scan = forms.FileField(
        label=_("Scan or photo"), required=False,
        help_text=_("PDF, JPEG or PNG, 10 MB at most. A letter, a fax or an e-mail needs it."),
    )  # fmt: skip
    own_number = text(_("Their number"), 60)
    handler = text(_("Handler"), 40)
    expected_on = forms.DateField(label=_("Expected on"), required=False)
    missing = text(
        _("What is missing, one a line"), 1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason_code = forms.ChoiceField(
        label=_("Reason"), required=False,
        choices=[("", "-"), *((code, REASON_WORDS[code]) for code in REASONS)],
    )  # fmt: skip
    reason = text(_("Reason in words"), 1000, widget=forms.Textarea(attrs={"rows": 2}))
    matter = forms.ChoiceField(
        label=_("Whose matter it is"), required=False, choices=MATTER_CHOICES
    )
    result = text(_("Result"), 32)
    result_number = text(_("Number of the document"), 60)
    result_yuan = forms.DecimalField(
        label=_("Sum (yuan)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    words = text(_("In plain words"), 1000, widget=forms.Textarea(attrs={"rows": 3}))
    sections = (
        (_("The answer"), ["referral_of", "what", "way", "came_on", "said_by", "letter_number", "scan"]),
        (_("If they take it"), ["own_number", "handler", "expected_on"]),
        (_("If something is missing"), ["missing"]),
        (_("If it is not theirs"), ["reason_code", "reason", "matter"]),
        (_("If they report"), ["result", "result_number", "result_yuan", "words"]),
    )  # fmt: skip

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where a referral waits for an office that has nobody here."""
        return bool(waiting(case))

    def prepare(self) -> None:
        """The referrals that wait for such an office."""
        found = waiting(self.case) if self.case is not None else []
        several = [row.matter for row in found]
        self.rows = {
            row.matter if several.count(row.matter) == 1 else f"{row.matter}:{row.pk}": row
            for row in found
        }
        offered = [
            (key, f"{matter_name(row.matter)}　{row.office}") for key, row in self.rows.items()
        ]
        self.offer("referral_of", offered)
        self.fields["came_on"].initial = self.on

    def clean(self) -> dict[str, Any]:
        """What the referral can be told now, and what each answer needs."""
        data: dict[str, Any] = super().clean() or {}
        row, what = self.rows.get(data.get("referral_of", "")), data.get("what", "")
        if row is not None and what and what not in AFTER[State(row.state)]:
            self.add_error("what", _("The referral does not stand where this can be said."))
        if not data.get("reason") and data.get("reason_code") not in (None, "", "OTHER"):
            data["reason"] = str(REASON_WORDS[data["reason_code"]])
        for name in ALL_NEED.get(what, []):
            if not data.get(name):
                self.add_error(name, _("This field is required."))
        came_on = data.get("came_on") or self.on
        if what == "ACCEPTED" and data.get("expected_on") and data["expected_on"] < came_on:
            self.add_error("expected_on", _("This day has already passed."))
        return data

    def act(self) -> str:
        """Keep it, and move the referral."""
        data = self.cleaned_data
        scan = data["scan"]
        told = {name: data[name] or "" for name in OF_THEIRS}
        if data["what"] in commands.REPORTS:
            told["on_day"] = data["came_on"]
        commands.reply_on_paper(
            self.rows[data["referral_of"]], what=data["what"], way=data["way"],
            came_on=data["came_on"], said_by=data["said_by"],
            letter_number=data["letter_number"], data=told,
            scan=(scan.name, scan.read()) if scan else None, by=self.by, at=self.at,
        )  # fmt: skip
        return str(data["what"])


def waiting(case: Case) -> list[Referral]:
    """The referrals of a case that wait for an office which can answer only on paper."""
    found = at_once.rows(case, "referrals", "office", "agency")
    rows = [row for row in found if row.state in WAITING]
    silent = on_paper(row.office for row in rows)
    return [row for row in rows if row.office_id in silent]
