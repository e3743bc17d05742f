"""The choice of a mediator: everybody who could, best first, with the reasons shown."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.models import Case, User
from casework.queries.candidates import Candidate, candidates
from mediation.commands import mediation as commands
from mediation.engine.steps import StepForm
from mediation.forms.listed import table


def weighed(form: StepForm, *, without: User | None = None) -> list[Candidate]:
    """Who could mediate the form's case, best first."""
    case: Case | None = form.case
    if case is None:
        return []
    people = [
        each
        for each in commands.people_who("mediation.hold_session", case)
        if without is None or each.pk != without.pk
    ]
    return candidates(case, people, form.on)


def shown(rows: list[Candidate]) -> dict[str, Any]:
    """The table of reasons."""
    lines = [
        (
            each.person.display_name,
            each.blocked or (_("proposed first") if number == 0 else _("possible")),
            "；".join(each.why),
        )
        for number, each in enumerate(rows)
    ]
    heads = (_("Name"), _("Proposal"), _("Reasons"))
    return table(_("Who could mediate"), heads, lines, empty=_("Nobody in this district can."))


def free(rows: list[Candidate]) -> list[User]:
    """Those who are not kept off the case."""
    return [each.person for each in rows if not each.blocked]
