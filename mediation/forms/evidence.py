"""The forms of evidence: taken in, shown to a side."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Evidence, Party, Side
from documents.uploads import MOST_BYTES
from mediation.commands import evidence as commands
from mediation.engine.steps import StepForm
from mediation.forms.fields import text


class TakeInForm(StepForm):
    """A paper or photograph that a side hands over."""

    submit = _("Take it in")
    lead = _(
        "Pictures and PDF. Pages are counted, and the hash is kept as it came and as it is stored."
    )
    party = forms.ChoiceField(label=_("Handed in by"))
    title = forms.CharField(label=_("What it is"), max_length=80)
    source = text(_("Where it comes from"), 80)
    is_original = forms.BooleanField(label=_("The original was seen"), required=False)
    file = forms.FileField(label=_("File"))

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Until the case is closed."""
        return case.closed_on is None and case.received_on is not None

    def prepare(self) -> None:
        """Everybody of both sides."""
        number = self.case.pk if self.case else 0
        rows = Party.objects.filter(case_id=number, left_on__isnull=True)
        named = rows.select_related("person", "employer").order_by("side", "id")
        self.rows = {row.ref: row for row in named}
        self.offer("party", [(ref, f"{ref} {row.name}") for ref, row in self.rows.items()])

    def act(self) -> str:
        """Keep it."""
        data = self.cleaned_data
        given = data["file"]
        commands.take_in(
            self.case, self.rows[data["party"]], data=given.read(MOST_BYTES + 1), name=given.name or "",
            title=data["title"], source=data["source"], is_original=data["is_original"], by=self.by,
            at=self.at,
        )  # fmt: skip
        return "TAKEN"


class ShowForm(StepForm):
    """An item was shown to a side."""

    submit = _("Record it")
    item = forms.ChoiceField(label=_("Item"))
    side = forms.ChoiceField(label=_("Shown to"), choices=Side.choices)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While somebody mediates and has something to show."""
        kept = any(row.taken_back_at is None for row in case.evidence.all())
        return case.closed_on is None and case.mediator_id is not None and kept

    def prepare(self) -> None:
        """What was handed in and not taken back."""
        rows = Evidence.objects.filter(case=self.case, taken_back_at=None) if self.case else []
        self.rows = {str(row.pk): row for row in rows}
        self.offer(
            "item",
            [(key, row.title or row.name or row.sha256[:8]) for key, row in self.rows.items()],
        )

    def act(self) -> str:
        """Write it down."""
        data = self.cleaned_data
        commands.show(self.rows[data["item"]], side=data["side"], by=self.by, at=self.at)
        return "SHOWN"
