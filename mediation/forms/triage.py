"""The step of the triage."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.commands.consent import give_consent
from casework.models import District, Priority
from casework.queries.of_case import workers_of
from casework.rules import taxonomy
from mediation.commands import intake as commands
from mediation.commands.dispatch import dispatch, taken_up
from mediation.commands.proposals import proposals
from mediation.engine.steps import StepForm
from mediation.forms.fields import CLASSES, COLLECTIVE, districts


class TriageForm(StepForm):
    """What it is, whose it is, how urgent it is, and where it goes."""

    submit = _("Confirm the triage")
    classes = forms.MultipleChoiceField(
        label=_("Class"), choices=CLASSES, widget=forms.CheckboxSelectMultiple
    )
    main_cause = forms.ChoiceField(label=_("Main cause"))
    causes = forms.MultipleChoiceField(
        label=_("Further causes (at most 3 in all)"), required=False
    )
    relation = forms.ChoiceField(
        label=_("Labour relation (an estimate, not a finding)"),
        required=False,
        choices=(
            ("", "-"),
            ("LIKELY", _("likely")),
            ("UNCLEAR", _("unclear")),
            ("UNLIKELY", _("unlikely")),
        ),
    )
    district = forms.ChoiceField(label=_("District"))
    level = forms.ChoiceField(
        label=_("Level"),
        choices=(
            ("district", _("district")),
            ("city", _("city")),
            ("enterprise", _("enterprise")),
        ),
        initial="district",
        required=False,
    )
    enterprise_agreed = forms.BooleanField(
        label=_("The worker agrees to the enterprise union first"), required=False,
        help_text=_("Asked only for the level of the enterprise; it is kept as a consent."),
    )  # fmt: skip
    group_size = forms.IntegerField(label=_("People affected"), min_value=1, required=False)
    is_new_form = forms.BooleanField(label=_("New employment form"), required=False)
    priority = forms.ChoiceField(label=_("Priority"), choices=Priority.choices)
    criminal_clue = forms.ChoiceField(
        label=_("Refusal to pay wages as a crime"),
        required=False,
        choices=(
            ("NONE", _("no sign")),
            ("WATCH", _("watch")),
            ("SEND", _("tell human resources")),
        ),
    )
    route = forms.ChoiceField(
        label=_("Way"),
        choices=(
            ("MEDIATION", _("mediation")),
            ("ADVICE", _("advice only")),
            ("ELSEWHERE", _("other offices only")),
        ),
        initial="MEDIATION",
        required=False,
    )

    difficulty = forms.ChoiceField(
        label=_("How hard it is"),
        choices=(
            ("ordinary", _("ordinary: five working days")),
            ("difficult", _("difficult: ten working days")),
            ("very_complex", _("very complex: fifteen working days")),
        ),
        initial="ordinary",
        required=False,
    )

    def prepare(self) -> None:
        """Choices, and what the call suggests."""
        self.offer("main_cause", taxonomy.choices())
        self.offer("causes", taxonomy.choices())
        self.offer("district", districts())
        if self.case is not None and self.case.opened_at:
            made = proposals(self.case, at=self.at)
            first = {
                "classes": self.case.classes, "main_cause": self.case.main_cause, "causes": self.case.causes,
                "district": self.case.district.name if self.case.district else "",
                "group_size": self.case.group_size, "priority": made["priority"].outcome,
                "relation": made["relation"].outcome, "level": made["level"].outcome,
                "route": made["route"].outcome,
            }  # fmt: skip
            for name, value in first.items():
                self.fields[name].initial = value

    def clean_causes(self) -> list[str]:
        """At most three."""
        rows: list[str] = self.cleaned_data["causes"]
        if len(rows) > 3:  # noqa: PLR2004
            raise forms.ValidationError(_("At most three causes."))
        return rows

    def clean(self) -> dict[str, Any]:
        """The enterprise comes first only with the worker's consent."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("level") == "enterprise" and not data.get("enterprise_agreed"):
            self.add_error(
                "enterprise_agreed",
                _(
                    "The enterprise comes first only with the worker's consent: ask, or choose the district."
                ),
            )
        return data

    def act(self) -> str:
        """Triage."""
        data = dict(self.cleaned_data)
        if data.pop("enterprise_agreed") and data["level"] == "enterprise":
            party = next(iter(workers_of(self.case)), None)
            give_consent(
                self.case, purpose="enterprise_first", party=party, by=self.by, at=self.at
            )
        route = data.pop("route") or "MEDIATION"
        difficulty = data.pop("difficulty") or "ordinary"
        data["district"] = District.objects.on(self.on).get(name=data["district"])
        data["causes"] = data["causes"] or [data["main_cause"]]
        data["group_size"] = data["group_size"] or self.case.group_size
        data["is_collective"] = data["group_size"] >= COLLECTIVE
        data["level"] = data["level"] or "district"
        data["criminal_clue"] = data["criminal_clue"] or "NONE"
        commands.triage(self.case, by=self.by, at=self.at, **data)
        if route != "ADVICE":
            dispatch(self.case, difficulty=difficulty, by=self.by, at=self.at)
        return route


class SeeThroughForm(StepForm):
    """Other offices work on it: wait for them, then end it, or mediate after all."""

    submit = _("Decide")
    decision = forms.ChoiceField(
        label=_("What comes next"),
        choices=(
            ("MEDIATION", _("mediation after all")),
            ("CLOSE", _("the other offices have done it: report for closing")),
        ),
    )
    reason = forms.CharField(label=_("Reason"), max_length=120)

    def act(self) -> str:
        """Write down why."""
        data = self.cleaned_data
        taken_up(self.case, way=data["decision"], reason=data["reason"], by=self.by, at=self.at)
        return str(data["decision"])
