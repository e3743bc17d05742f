"""Steps of the supervision letters: propose, approve, write down the answer."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.commands import letter as file
from casework.commands.base import CommandRefused
from casework.commands.hazard import left_with_authority
from casework.models import Case, LetterLevel, LetterResult, Party, Side, User
from mediation.commands import procuratorate as clues
from mediation.commands import supervision as commands
from mediation.engine.steps import StepForm

SUPERVISOR = "labour_law_supervisor"
NEEDS = {
    LetterLevel.REMINDER: (),
    LetterLevel.OPINION: ("breach", "checked_on", "supervisors"),
    LetterLevel.PROPOSAL: ("breach", "addressee"),
}


def able(role: str, case: Case | None) -> list[str]:
    """The names of those who hold a role in the district of a case, or for the whole city."""
    where = Q(district=None) | Q(district=case.district_id if case else None)
    rows = User.objects.filter(where, is_active=True, roles__contains=[role])
    return sorted({row.display_name for row in rows})


def lines_of(text: str) -> list[str]:
    """The lines of a text box, without empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


class LetterForm(StepForm):
    """The text of a letter: to whom, what was found, which provision, what is asked."""

    submit = _("Hand it to the lead")
    lead = _("A letter never stops mediation. It goes out only when the lead has approved it.")
    level = forms.ChoiceField(
        label=_("Letter"), choices=LetterLevel.choices, widget=forms.RadioSelect
    )
    skipped_why = forms.CharField(
        label=_("Why a letter is left out (serious cases only)"), max_length=200, required=False
    )
    addressee = forms.CharField(
        label=_("Addressee"), max_length=120, required=False,
        help_text=_("Left empty: the employers of the case. A proposal names the authority."),
    )  # fmt: skip
    subject = forms.CharField(label=_("Subject"), max_length=60)
    found = forms.CharField(
        label=_("What was found"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    breach = forms.CharField(
        label=_("What is breached"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    rules = forms.CharField(
        label=_("Provisions with their articles, one a line"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    lines = forms.CharField(
        label=_("What is asked, one a line"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    checked_on = forms.DateField(label=_("Checked on"), required=False)
    supervisors = forms.MultipleChoiceField(
        label=_("Supervisors who checked it"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where no letter is open."""
        return case.closed_on is None and file.open_letter(case) is None

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """One letter at a time; none on a closed case."""
        return file.LetterOpen() if file.open_letter(case) else super().unfit(case)

    def prepare(self) -> None:
        """The supervisors of the house, and the letter that follows."""
        names = able(SUPERVISOR, self.case)
        self.offer("supervisors", [(name, name) for name in names])
        if self.case:
            self.fields["level"].initial = file.next_level(self.case)

    def clean(self) -> dict[str, Any]:
        """What each letter needs; nothing lies in the future."""
        data: dict[str, Any] = super().clean() or {}
        for name in NEEDS.get(data.get("level", ""), ()):
            if not data.get(name):
                self.add_error(name, _("This field is required."))
        if data.get("checked_on") and data["checked_on"] > self.on:
            self.add_error("checked_on", _("This day has not come yet."))
        return data

    def act(self) -> str:
        """Propose it."""
        words = dict(self.cleaned_data)
        words["rules"], words["lines"] = lines_of(words["rules"]), lines_of(words["lines"])
        if not words["addressee"]:
            rows = Party.objects.filter(
                case=self.case, side=Side.EMPLOYER, left_on__isnull=True
            )
            words["addressee"] = "、".join(row.name for row in rows)
        file.propose(self.case, by=self.by, at=self.at, **words)
        return "PROPOSED"


class OfLetter(StepForm):
    """A step about the open letter, which is shown."""

    template = "supervision/letter.html"

    def context(self) -> dict[str, Any]:
        """The letter, and those before it."""
        return {"letter": file.open_letter(self.case), "letters": self.case.letters.all(),
                "clues": clues.clues_of(self.case)}  # fmt: skip


class ApproveForm(OfLetter):
    """The lead reads the letter: send it, or give it back with a word."""

    submit = _("Decide")
    decision = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=(("SEND", _("send it")), ("BACK", _("give it back"))),
    )  # fmt: skip
    why = forms.CharField(label=_("What should change"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """Giving back needs a word."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "BACK" and not data.get("why"):
            self.add_error("why", _("This field is required."))
        return data

    def act(self) -> str:
        """Send or give back. Answers the level, or BACK."""
        if self.cleaned_data["decision"] == "SEND":
            return commands.send(self.case, by=self.by, at=self.at)
        letter = commands.letter_of(self.case)
        file.give_back(letter, why=self.cleaned_data["why"], by=self.by, at=self.at)
        return "BACK"


class AnswerForm(OfLetter):
    """What came back from the employer or the authority."""

    submit = _("Write it down")
    result = forms.ChoiceField(
        label=_("What it brought about"), choices=LetterResult.choices, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=_("The answer"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    on_day = forms.DateField(label=_("Day"), required=False)
    mended = forms.MultipleChoiceField(
        label=_("Hazards that are mended now"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    clue = forms.BooleanField(
        label=_("The lead decides about a clue to the procuratorate"), required=False
    )

    def prepare(self) -> None:
        """What only a proposal's answer can bring: hazards mended, and the last step."""
        letter = file.open_letter(self.case) if self.case else None
        if letter is not None and letter.level != LetterLevel.PROPOSAL:
            del self.fields["mended"], self.fields["clue"]
            return
        rows = left_with_authority(self.case) if self.case else []
        numbers = [row.number for row in rows]
        self.left = {
            str(row.number if numbers.count(row.number) == 1 else row.pk): row for row in rows
        }
        self.offer("mended", [(key, str(row)) for key, row in self.left.items()])
        if not self.left and letter is not None:
            del self.fields["mended"]

    def clean(self) -> dict[str, Any]:
        """Nothing lies in the future."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("on_day") and data["on_day"] > self.on:
            self.add_error("on_day", _("This day has not come yet."))
        return data

    def act(self) -> str:
        """Write it down."""
        data = self.cleaned_data
        return commands.answer(
            self.case, result=data["result"], words=data["words"],
            on=data["on_day"] or self.on, by=self.by, at=self.at, clue=data.get("clue", False),
            mended=[self.left[key] for key in data.get("mended") or ()],
        )  # fmt: skip
