"""Steps of a supervision order: give it, answer it, decide on the answer, withdraw it."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from casework import clock
from casework.access.roles import roles_with
from casework.commands import order as file
from casework.commands.base import CommandRefused
from casework.models import Case, User
from casework.queries.calendar import current
from casework.queries.ladder import late_of
from mediation.commands import oversight as commands
from mediation.engine.clocks import rule_name
from mediation.engine.steps import StepForm
from mediation.forms.supervision import lines_of

ANSWERS = "mediation.answer_order"


def level_words(order: Any) -> str:
    """The level of an order in the language of the page; its stored name if no ladder has it any more."""
    rung = commands.levels(clock.day(order.given_at)).get(order.level)
    return rung.name[_language()] if rung else str(order.level)


def _language() -> str:
    return "zh" if (get_language() or "").startswith("zh") else "en"


def answerers(case: Case, by: User) -> list[User]:
    """Who may be named: who mediates or manages the case first, then its district's; never the one who asks."""
    roles = roles_with(ANSWERS)
    mine = Q(pk__in=[pk for pk in (case.mediator_id, case.manager_id) if pk])
    union = Q(district=case.district_id, roles__overlap=["case_manager", "mediation_head"])
    rows = User.objects.filter(mine | union, is_active=True, roles__overlap=list(roles))
    first = (case.mediator_id, case.manager_id)
    return sorted(
        (user for user in rows if user.pk != by.pk),
        key=lambda user: (first.index(user.pk) if user.pk in first else len(first), user.pk),
    )


class OrderForm(StepForm):
    """What is late, what is ordered, who answers and by when."""

    template = "oversight/order.html"
    submit = _("Give the order")
    lead = _(
        "The person named is told, and has the order on the own list until it is answered."
    )
    level = forms.ChoiceField(label=_("Level"))
    answerer = forms.ChoiceField(label=_("Who answers"))
    reply_by = forms.DateField(label=_("Answer by"))
    found = forms.CharField(
        label=_("What was found"), max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    demands = forms.CharField(
        label=_("What is ordered, one a line"), max_length=800,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    @classmethod
    def fits(cls, case: Case) -> bool:
        """Where something is late and no order runs."""
        return file.running(case) is None and bool(late_of(case, clock.today()))

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """One order at a time; none where nothing is late."""
        return file.OrderRuns() if file.running(case) else commands.NothingLate()

    def prepare(self) -> None:
        """The levels of the ladder, who may be named, and the first level's day."""
        rungs = commands.levels(self.on)
        self.offer("level", [(whom, rung.name[_language()]) for whom, rung in rungs.items()])
        people = answerers(self.case, self.by) if self.case else []
        self.people = {str(user.pk): user for user in people}
        self.offer("answerer", [(key, str(user)) for key, user in self.people.items()])
        self.fields["reply_by"].initial = commands.reply_day(
            next(iter(rungs.values())), self.on
        )
        self.fields["demands"].initial = commands.AT_ONCE

    def context(self) -> dict[str, Any]:
        """What is late now."""
        rows = late_of(self.case, self.on) if self.case else []
        return {
            "late": [
                {"what": rule_name(row.rule, row.start), "due": row.due,
                 "days": current().working_days_between(row.due, self.on)}
                for row in rows
            ]
        }  # fmt: skip

    def act(self) -> str:
        """Give it."""
        data = self.cleaned_data
        commands.give(
            self.case, level=data["level"], found=data["found"],
            demands=lines_of(data["demands"]), answerer=self.people[data["answerer"]],
            reply_by=data["reply_by"], by=self.by, at=self.at,
        )  # fmt: skip
        return "GIVEN"


class _OfOrder(StepForm):
    """A step about the running order, which is shown."""

    template = "oversight/order.html"

    def context(self) -> dict[str, Any]:
        """The order."""
        order = file.running(self.case)
        return {"order": order, "level": level_words(order) if order else ""}


class AnswerForm(_OfOrder):
    """What was done about what is late."""

    submit = _("Send the answer")
    words = forms.CharField(
        label=_("What was done, what remains and by when"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip

    def act(self) -> str:
        """Answer it."""
        commands.answer(self.case, words=self.cleaned_data["words"], by=self.by, at=self.at)
        return "ANSWERED"


class DecideForm(_OfOrder):
    """Whether the answer is enough; if not, why and by when another is expected."""

    submit = _("Decide")
    decision = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=(("ACCEPT", _("the answer is enough")), ("BACK", _("give it back"))),
    )  # fmt: skip
    why = forms.CharField(label=_("A word on it"), max_length=200, required=False)
    reply_by = forms.DateField(label=_("Another answer by"), required=False)

    def clean(self) -> dict[str, Any]:
        """Giving back needs a word and a day."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("decision") == "BACK":
            for name in ("why", "reply_by"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("This field is required."))
        return data

    def act(self) -> str:
        """Accept it, or give it back."""
        data = self.cleaned_data
        if data["decision"] == "ACCEPT":
            commands.accept(self.case, why=data["why"], by=self.by, at=self.at)
            return "ACCEPTED"
        commands.give_back(
            self.case, why=data["why"], reply_by=data["reply_by"], by=self.by, at=self.at
        )
        return "BACK"


class WithdrawForm(_OfOrder):
    """Take the order back, with a reason."""

    submit = _("Withdraw it")
    why = forms.CharField(label=_("Reason"), max_length=200)

    @classmethod
    def fits(cls, case: Case) -> bool:
        """While an order runs."""
        return file.running(case) is not None

    @classmethod
    def unfit(cls, case: Case) -> CommandRefused:
        """There is none."""
        return file.NoOrder()

    def act(self) -> str:
        """Withdraw it."""
        commands.withdraw(self.case, why=self.cleaned_data["why"], by=self.by, at=self.at)
        return "WITHDRAWN"
