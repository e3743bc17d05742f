"""The liaison's steps: one referral, its pack, three answers and a fourth."""

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.access.context import as_person
from casework.commands import referral_answer as file
from casework.commands.referral_answer import REASONS
from casework.models import Deadline, Pack, Referral
from casework.queries.calendar import current
from casework.rules.lights import light
from mediation.commands import referral_answer as commands
from mediation.forms.court import needs_of, results_of
from mediation.forms.referral import MATTER_CHOICES, OnReferral
from mediation.forms.referral_shown import text
from mediation.forms.referral_words import REASON_WORDS, matter_name, pack_rows


class LiaisonForm(OnReferral):
    """A step at the office: only what the open pack holds is shown."""

    template = "referral/answer.html"

    def context(self) -> dict[str, Any]:
        """The referral as its office may see it. The pack is read as the person, not as the engine:
        the database leaves out one that has expired or was closed.
        """
        if self.process is None:
            return {}
        row = Referral.objects.select_related("office", "case__manager").get(
            pk=self.process.referral_id
        )
        with as_person(self.by):
            pack = Pack.objects.filter(referral_id=row.pk).order_by("-number").first()
        manager = row.case.manager
        return {
            "unit_words": f"{self.by.display_name} {row.office.name}",
            "contact": {"words": manager.display_name, "phone": manager.phone}
            if manager
            else None,
            "number": row.number,
            "title": matter_name(row.matter),
            "band": band_of(row),
            "asks": [line for line in row.asked.splitlines() if line.strip()],
            "asks_note": matter_name(row.matter),
            "missing": row.missing,
            "needs": needs_of(row.matter, pack.papers) if pack else [],
            **pack_context(pack, row),
        }


def pack_context(pack: Pack | None, row: Referral) -> dict[str, Any]:
    """What an open pack shows; without one, words that say how to get a new one."""
    if pack is None:
        return {
            "closed_words": _("The data of this referral are no longer open to you. Ask the union for a new pack."),
        }  # fmt: skip
    facts = pack_rows(pack.fields, but=("facts",))
    half = (len(facts) + 1) // 2
    note = (
        _("The worker agreed to these data being passed on.")
        if row.consent_id
        else _("Passed on in an emergency: %(ground)s") % {"ground": row.ground}
    )
    return {
        "valid_words": _("valid until %(day)s") % {"day": pack.expires_on.isoformat()},
        "facts_left": facts[:half],
        "facts_right": facts[half:],
        "story": pack.fields.get("facts", ""),
        "story_note": note,
        "pack_papers": [_paper(each) for each in pack.papers],
        "pack_files": [
            {
                "id": int(each["id"]),
                "words": each["name"] or each["sha256"][:8],
                "kb": max(1, each["size"] // 1024),
                "mark": each["sha256"][:16],
            }
            for each in pack.fields.get("files", [])
        ],
        "pack_hash": pack.sha256[:16],
    }


def _paper(named: dict[str, Any]) -> dict[str, Any]:
    number = int(named["id"])
    where = reverse("referral-paper", args=[number])
    return {"id": number, "words": named["title"], "number": named["number"], "url": where}


def band_of(row: Referral) -> dict[str, Any] | None:
    """Until when to sign or to answer, in words, with its light."""
    due = (
        Deadline.objects.filter(referral=row, rule__in=("P-10", "P-11"), state="OPEN")
        .order_by("due")
        .first()
    )
    if due is None:
        return None
    found = light(due.due, clock.today(), current())
    words = (
        _("Please answer by %(day)s.")
        if due.rule == "P-10"
        else _("Please sign for it by %(day)s.")
    )
    kinds = {"overdue": "alarm", "soon": "warn"}
    kind = kinds["overdue"] if found.late else kinds.get(found.kind, "")
    return {
        "kind": kind,
        "fact": words % {"day": due.due.isoformat()},
        "consequence": _("Agreed between the agencies; not a period of the law.")
        if due.nature != "statutory"
        else due.article,
    }


class SignForm(LiaisonForm):
    """Sign for the referral: from now on the time to answer runs."""

    submit = _("Sign for it")

    def act(self) -> str:
        """Sign."""
        commands.sign(self.referral, by=self.by, at=self.at)
        return "SIGNED"


NEEDS: dict[str, list[str]] = {
    "ACCEPTED": ["handler"],
    "RETURNED": ["missing"],
    "DECLINED": ["reason_code", "reason"],
    "REDIRECTED": ["matter", "reason"],
}
FIELDS: dict[str, list[str]] = {
    "ACCEPTED": ["own_number", "handler", "expected_on"],
    "RETURNED": ["lacking", "missing"],
    "DECLINED": ["reason_code"],
    "REDIRECTED": ["matter"],
}
LACKING: list[tuple[str, str | Promise]] = [
    ("identity", _("copy of the identity card")),
    ("contract", _("labour contract, or what shows the relation")),
    ("wages", _("pay slips or bank statements")),
    ("attendance", _("attendance records")),
    ("authority", _("letter of authority")),
    ("respondent", _("exact name and address of the employer")),
]  # fmt: skip


class AnswerForm(LiaisonForm):
    """Three answers and a fourth: take it, ask for material, not ours, somebody else's."""

    submit = _("Send the answer")
    answer = forms.ChoiceField(
        label=_("Answer"), widget=forms.RadioSelect,
        choices=(("ACCEPTED", _("we take it")), ("RETURNED", _("material is missing")), ("DECLINED", _("not ours")), ("REDIRECTED", _("another office's"))),
    )  # fmt: skip
    own_number = text(_("Our own number"), 60)
    handler = text(_("Handler"), 40)
    expected_on = forms.DateField(label=_("Expected on"), required=False)
    lacking = forms.MultipleChoiceField(
        label=_("What is missing"), choices=LACKING, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    missing = text(
        _("What else is missing, one a line (once, and in full)"),
        1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason_code = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[("", "-"), *((code, REASON_WORDS[code]) for code in REASONS)],
    )
    reason = text(_("In words"), 1000, widget=forms.Textarea(attrs={"rows": 2}))
    matter = forms.ChoiceField(
        label=_("Whose matter it is"), required=False, choices=MATTER_CHOICES
    )

    def prepare(self) -> None:
        """The person who answers is the likeliest handler: taking it is one choice and one click."""
        self.fields["handler"].initial = self.by.display_name
        if self.process is not None:
            self._offer_what_is_possible(self.referral)

    def _offer_what_is_possible(self, row: Referral) -> None:
        """Asked for once: not again. Named by the meeting: not pushed away."""
        gone = {"RETURNED"} if row.returns else set()
        gone |= {"DECLINED", "REDIRECTED"} if row.named else set()
        kept = [pair for pair in self.choices_of("answer") if pair[0] not in gone]
        self.offer("answer", kept)

    def context(self) -> dict[str, Any]:
        """The answers as radio rows, each with its own fields."""
        chosen = self["answer"].value()
        choices = [
            {"value": value, "words": words, "note": "", "chosen": value == chosen, "bounds": [self[name] for name in FIELDS[value]]}
            for value, words in self.choices_of("answer")
        ]  # fmt: skip
        return {**super().context(), "choices": choices, "tail": [self["reason"]]}

    def clean(self) -> dict[str, Any]:
        """What each answer needs; a reason that is not "other" explains itself."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("lacking"):
            words = [str(dict(LACKING)[each]) for each in data["lacking"]]
            data["missing"] = "\n".join([*words, data.get("missing", "")])
        if not data.get("reason") and data.get("reason_code") not in (None, "", "OTHER"):
            data["reason"] = str(REASON_WORDS[data["reason_code"]])
        if data.get("answer") == "REDIRECTED" and data.get("matter") and not data.get("reason"):
            data["reason"] = _("a matter of: %(matter)s") % {
                "matter": matter_name(data["matter"])
            }
        for name in NEEDS.get(data.get("answer", ""), []):
            if not data.get(name):
                self.add_error(name, _("This field is required."))
        if data.get("expected_on") and data["expected_on"] < self.on:
            self.add_error("expected_on", _("This day has already passed."))
        return data

    def act(self) -> str:
        """Answer."""
        return getattr(self, f"_{str(self.cleaned_data['answer']).lower()}")()  # type: ignore[no-any-return]

    def _accepted(self) -> str:
        data = self.cleaned_data
        commands.accept(
            self.referral, own_number=data["own_number"], handler=data["handler"],
            expected_on=data["expected_on"], by=self.by, at=self.at,
        )  # fmt: skip
        return "ACCEPTED"

    def _returned(self) -> str:
        lines = self.cleaned_data["missing"].splitlines()
        missing = [line.strip()[:80] for line in lines if line.strip()]
        commands.give_back(self.referral, missing=missing, by=self.by, at=self.at)
        return "RETURNED"

    def _declined(self) -> str:
        data = self.cleaned_data
        commands.decline(
            self.referral, reason_code=data["reason_code"], reason=data["reason"], by=self.by,
            at=self.at,
        )  # fmt: skip
        return "DECLINED"

    def _redirected(self) -> str:
        """Passed on; the third time the joint meeting gets it."""
        data = self.cleaned_data
        made = commands.redirect(
            self.referral, matter=data["matter"], reason=data["reason"], by=self.by, at=self.at
        )
        return "REDIRECTED" if made else "MEETING"


class FollowForm(LiaisonForm):
    """How it goes at the office, or what came of it."""

    submit = _("Send")
    what = forms.ChoiceField(
        label=_("What"),
        choices=(("PROGRESS", _("progress")), ("RESULT", _("result"))),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("In plain words"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    result = text(_("Result"), 32)
    result_number = text(_("Number of the document"), 60)
    result_yuan = forms.DecimalField(
        label=_("Sum (yuan)"), max_digits=14, decimal_places=2, min_value=0, required=False
    )
    on_day = forms.DateField(label=_("Day"), required=False)

    def prepare(self) -> None:
        """A court's matter ends in one of few ways; its document bears the court's own number."""
        if self.process is None:
            return
        if found := results_of(self.referral.matter):
            self.fields["result"] = forms.ChoiceField(
                label=_("Result"), required=False, choices=[("", "-"), *found]
            )
        self.fields["result_number"].initial = self.referral.own_number

    def clean(self) -> dict[str, Any]:
        """A result has a code; a day is not in the future."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("what") == "RESULT" and not data.get("result"):
            self.add_error("result", _("This field is required."))
        if data.get("on_day") and data["on_day"] > self.on:
            self.add_error("on_day", _("This day has not come yet."))
        return data

    def act(self) -> str:
        """Report."""
        data = self.cleaned_data
        on: date = data["on_day"] or self.on
        if data["what"] == "PROGRESS":
            file.progress(self.referral, words=data["words"], on=on, by=self.by, at=self.at)
        else:
            commands.result(
                self.referral, code=data["result"], words=data["words"], on=on, by=self.by,
                at=self.at, number=data["result_number"], yuan=data["result_yuan"],
            )  # fmt: skip
        return str(data["what"])
