"""Steps of a referral: sent by the union, signed for and answered by a liaison."""

from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.commands import referral as file
from casework.commands.referral import REASONS
from casework.models import Case, Deadline, Referral, ReferralState
from casework.queries.calendar import current
from casework.rules.lights import light
from mediation.commands import referral as commands
from mediation.engine.steps import StepForm
from mediation.models import Process

MATTERS: dict[str, str | Promise] = {
    "LABOUR_INSPECTION": _("labour inspection"), "ARBITRATION": _("arbitration"),
    "ARBITRATION_REVIEW": _("arbitration review"), "WORK_INJURY": _("work injury"),
    "OCCUPATIONAL_INJURY_PROTECTION": _("occupational injury protection"),
    "SOCIAL_INSURANCE": _("social insurance"), "JUDICIAL_CONFIRMATION": _("judicial confirmation"),
    "PAYMENT_ORDER": _("payment order"), "FILING": _("filing of a suit"), "PRESERVATION": _("preservation"),
    "ADVANCE_PAYMENT": _("advance payment"), "ENFORCEMENT": _("enforcement"), "LEGAL_AID": _("legal aid"),
    "LEGAL_AID_CONSULT": _("legal aid consultation"), "PEOPLES_MEDIATION": _("people's mediation"),
    "NOTARY": _("notary"), "SUPPORT_FOR_PROSECUTION": _("support for prosecution"),
    "PROCURATORIAL_SUGGESTION": _("procuratorial suggestion"), "PUBLIC_INTEREST_CLUE": _("public interest clue"),
    "CRIMINAL_CLUE": _("criminal clue"), "SAFETY_HAZARD": _("safety hazard"),
    "CROSS_PROVINCE_COOPERATION": _("cooperation with a neighbour"),
}  # fmt: skip
REASON_WORDS: dict[str, str | Promise] = {
    "ARBITRATION_FIRST": _("arbitration comes first"), "NO_JURISDICTION": _("not within our district"),
    "NOT_LABOUR_RELATION": _("no labour relation"), "NOT_IN_SCOPE": _("not our matter"),
    "LIMITATION_2Y": _("more than two years ago"), "ALREADY_PENDING": _("already being dealt with"),
    "RES_JUDICATA": _("already decided"), "IDENTITY_UNCLEAR": _("identity unclear"),
    "RESPONDENT_UNCLEAR": _("employer unclear"), "NOT_JOINT": _("both sides must ask"),
    "PERIOD_EXPIRED": _("the period is over"), "CONTENT_UNCLEAR": _("content unclear"),
    "AGREEMENT_UNLAWFUL": _("the agreement is unlawful"), "NOT_VOLUNTARY": _("not voluntary"),
    "RELATION_NOT_REVIEWABLE": _("a labour relation cannot be reviewed"), "MEANS_TEST": _("means test"),
    "NO_NEED_FOR_SUPPORT": _("no need for support"), "OTHER": _("other"),
}  # fmt: skip
PACK_WORDS: dict[str, str | Promise] = {
    "names": _("Workers"), "identity": _("Identity number"), "phone": _("Telephone"), "address": _("Address"),
    "employer": _("Employer"), "claims": _("Claims"), "evidence": _("Evidence held"), "deadlines": _("Periods that run"),
}  # fmt: skip


def matter_name(matter: str) -> str | Promise:
    """What a matter is called."""
    return MATTERS.get(matter, matter)


def text(label: Any, length: int = 400, **kwargs: Any) -> forms.CharField:
    """Words that may stay empty."""
    return forms.CharField(label=label, max_length=length, required=False, **kwargs)


class ReferForm(StepForm):
    """A matter for another office: what is asked, and on what ground it may leave."""

    submit = _("Send the referral")
    matter = forms.ChoiceField(label=_("Matter"), choices=list(MATTERS.items()))
    asked = text(_("What is asked, one a line"), 1000, widget=forms.Textarea)
    side_track = forms.BooleanField(
        label=_("Beside the dispute (injury, hardship)"), required=False
    )
    ground = text(_("Emergency ground, if the worker cannot be asked"), 120)
    referral: Referral | None = None

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While it is not closed."""
        return case.closed_on is None

    def act(self) -> str:
        """Prepare, and send when the worker has agreed."""
        data = self.cleaned_data
        self.referral = commands.refer(
            self.case, matter=data["matter"], asked=data["asked"], side_track=data["side_track"],
            ground=data["ground"], by=self.by, at=self.at,
        )  # fmt: skip
        return "SENT" if self.referral.sent_at else "ASK"


class OnReferral(StepForm):
    """A step on one referral."""

    @property
    def referral(self) -> Referral:
        """The referral of this process."""
        return cast("Referral", cast("Process", self.process).referral)


class ConsentForm(OnReferral):
    """Ask the worker: to whom, what, for what."""

    submit = _("Record the answer")
    given = forms.ChoiceField(
        label=_("The worker"), choices=(("yes", _("agrees")), ("no", _("does not agree")))
    )
    how = forms.ChoiceField(
        label=_("How"),
        choices=(
            ("call", _("by telephone, recorded")),
            ("paper", _("in writing")),
            ("code", _("by one-time code")),
        ),
    )

    def act(self) -> str:
        """Send, or end."""
        given = self.cleaned_data["given"] == "yes"
        commands.give_consent(
            self.referral, given=given, how=self.cleaned_data["how"], by=self.by, at=self.at
        )
        return "SENT" if given else "REFUSED"


class LiaisonForm(OnReferral):
    """A step at the office: only the fields of the pack are shown."""

    template = "referral/answer.html"

    def context(self) -> dict[str, Any]:
        """What picture and paper of the referral show, from the frozen pack alone."""
        if self.process is None:
            return {}
        row = Referral.objects.select_related("office", "case__manager").get(
            pk=self.process.referral_id
        )
        pack = row.packs.order_by("number").last()
        fields = pack.fields if pack else {}
        facts = [
            (PACK_WORDS[name], _flat(value))
            for name, value in fields.items()
            if name in PACK_WORDS
        ]
        manager = row.case.manager
        return {
            "unit_words": f"{self.by.display_name} {row.office.name}",
            "valid_words": _("valid until %(day)s") % {"day": pack.expires_on.isoformat()}
            if pack
            else "",
            "contact": {"words": manager.display_name, "phone": manager.phone}
            if manager
            else None,
            "number": row.number,
            "title": matter_name(row.matter),
            "band": _band(row),
            "asks": [line for line in row.asked.splitlines() if line.strip()],
            "asks_note": matter_name(row.matter),
            "facts_left": facts[: (len(facts) + 1) // 2],
            "facts_right": facts[(len(facts) + 1) // 2 :],
            "story": fields.get("facts", ""),
            "story_note": _("The worker agreed to these data being passed on."),
        }


def _band(row: Referral) -> dict[str, Any] | None:
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
    return {
        "state": found.kind,
        "title": words % {"day": due.due.isoformat()},
        "words": due.article,
    }


def _flat(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_flat(each) for each in value)
    if isinstance(value, dict):
        return " ".join(str(each) for each in value.values() if each)
    return str(value)


class SignForm(LiaisonForm):
    """Sign for the referral: from now on the time to answer runs."""

    submit = _("Sign for it")

    def act(self) -> str:
        """Sign."""
        commands.sign(self.referral, by=self.by, at=self.at)
        return "SIGNED"


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
    missing = text(
        _("What is missing, one a line (once, and in full)"), 1000, widget=forms.Textarea
    )
    reason_code = forms.ChoiceField(
        label=_("Reason"),
        required=False,
        choices=[("", "-"), *((code, REASON_WORDS[code]) for code in REASONS)],
    )
    reason = text(_("In words"), 1000, widget=forms.Textarea)
    matter = forms.ChoiceField(
        label=_("Whose matter it is"), required=False, choices=[("", "-"), *MATTERS.items()]
    )

    def context(self) -> dict[str, Any]:
        """The answers as radio rows, each with its own fields."""
        needs = {
            "ACCEPTED": ["own_number", "handler", "expected_on"],
            "RETURNED": ["missing"],
            "DECLINED": ["reason_code"],
            "REDIRECTED": ["matter"],
        }
        chosen = self["answer"].value()
        choices = [
            {"value": value, "words": words, "note": "", "chosen": value == chosen, "bounds": [self[name] for name in needs[value]]}
            for value, words in self.choices_of("answer")
        ]  # fmt: skip
        return {**super().context(), "choices": choices, "tail": [self["reason"]]}

    def clean(self) -> dict[str, Any]:
        """What each answer needs."""
        data: dict[str, Any] = super().clean() or {}
        need = {
            "ACCEPTED": ["handler"],
            "RETURNED": ["missing"],
            "DECLINED": ["reason_code", "reason"],
            "REDIRECTED": ["matter", "reason"],
        }
        for name in need.get(data.get("answer", ""), []):
            if not data.get(name):
                self.add_error(name, _("This field is required."))
        return data

    def act(self) -> str:
        """Answer."""
        data, answer = self.cleaned_data, str(self.cleaned_data["answer"])
        told: dict[str, Any] = {"by": self.by, "at": self.at}
        if answer == "ACCEPTED":
            commands.accept(
                self.referral,
                own_number=data["own_number"],
                handler=data["handler"],
                expected_on=data["expected_on"],
                **told,
            )
        elif answer == "RETURNED":
            commands.give_back(
                self.referral,
                missing=[line.strip() for line in data["missing"].splitlines() if line.strip()],
                **told,
            )
        elif answer == "DECLINED":
            commands.decline(
                self.referral, reason_code=data["reason_code"], reason=data["reason"], **told
            )
        else:
            commands.redirect(
                self.referral, matter=data["matter"], reason=data["reason"], **told
            )
        return answer


class FollowForm(LiaisonForm):
    """How it goes at the office, or what came of it."""

    submit = _("Send")
    what = forms.ChoiceField(
        label=_("What"),
        choices=(("PROGRESS", _("progress")), ("RESULT", _("result"))),
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("In plain words"), max_length=1000, widget=forms.Textarea)
    result = text(_("Result"), 32)
    on_day = forms.DateField(label=_("Day"), required=False)

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
        on = data["on_day"] or self.on
        if data["what"] == "PROGRESS":
            file.progress(self.referral, words=data["words"], on=on, by=self.by, at=self.at)
        else:
            commands.result(
                self.referral,
                code=data["result"],
                words=data["words"],
                on=on,
                by=self.by,
                at=self.at,
            )
        return str(data["what"])


class SupplyForm(OnReferral):
    """What the office asked for goes out as a new pack."""

    submit = _("Send the material")
    words = forms.CharField(label=_("What is supplied"), max_length=400)

    def act(self) -> str:
        """Supply."""
        commands.supply(self.referral, words=self.cleaned_data["words"], by=self.by, at=self.at)
        return "SUPPLIED"


class DecideForm(OnReferral):
    """After a refusal: another office, or an end."""

    submit = _("Decide")
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(
            ("ELSEWHERE", _("send it to another office")),
            ("END", _("leave it at that")),
            ("MEETING", _("a joint meeting decides")),
        ),
    )
    matter = forms.ChoiceField(
        label=_("Matter"), required=False, choices=[("", "-"), *MATTERS.items()]
    )
    words = forms.CharField(label=_("Why"), max_length=400)

    def act(self) -> str:
        """Decide."""
        data = self.cleaned_data
        if data["decision"] == "ELSEWHERE":
            commands.send_elsewhere(
                self.referral,
                matter=data["matter"],
                words=data["words"],
                by=self.by,
                at=self.at,
            )
        else:
            file.decide(
                self.referral,
                decision=data["decision"],
                words=data["words"],
                by=self.by,
                at=self.at,
            )
        return str(data["decision"])


class ReadForm(OnReferral):
    """The result is read and noted."""

    submit = _("Noted")
    words = text(_("Remarks"))

    def act(self) -> str:
        """Note it."""
        file.decide(
            self.referral,
            decision="READ",
            words=self.cleaned_data["words"],
            by=self.by,
            at=self.at,
        )
        return "READ"


class WithdrawForm(StepForm):
    """The worker wants a referral taken back."""

    submit = _("Take it back")
    matter = forms.ChoiceField(label=_("Referral"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where a referral still runs."""
        return case.referrals.filter(ended_at__isnull=True).exists()

    def prepare(self) -> None:
        """The referrals that still run."""
        self.rows = _running(self.case)
        self.offer("matter", [(row.matter, matter_name(row.matter)) for row in self.rows])

    def act(self) -> str:
        """Withdraw it."""
        row = next(each for each in self.rows if each.matter == self.cleaned_data["matter"])
        commands.withdraw(row, reason=self.cleaned_data["reason"], by=self.by, at=self.at)
        return "WITHDRAWN"


def _running(case: Case | None) -> list[Referral]:
    ended = (
        ReferralState.RESULT,
        ReferralState.WITHDRAWN,
        ReferralState.DECLINED,
        ReferralState.REDIRECTED,
        ReferralState.LAPSED,
    )
    return list(Referral.objects.filter(case=case).exclude(state__in=ended)) if case else []
