"""The cases behind a number of the cockpit, narrowed as the address says, with the sums that they add up to."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from casework.ids import as_id
from casework.industries import industry_name
from casework.models import Agency, Agreement, Case, District, Instalment
from casework.rules.taxonomy import cause_name
from casework.statistics.steps import STEPS
from mediation.desks import cockpit, figures

Cases = QuerySet[Case]


def narrowed(code: str, asked: Mapping[str, str], today: date) -> tuple[Cases, list[str]]:
    """The cases behind a figure with the filters of the address, and what these are in words. Raises: KeyError."""
    rows, said = _of_step(code, asked, today), []
    if step := _step(code, asked):
        said.append(str(step.title))
    for chosen, words in (
        _district(asked), _cause(asked, today), _agency(code, asked, today), _month(code, asked),
        _industry(asked, today),
    ):  # fmt: skip
        if words:
            rows = rows.filter(chosen)
            said.append(words)
    return rows, said


Filter = tuple[Q, str]
NO_FILTER: Filter = (Q(), "")


def _step(code: str, asked: Mapping[str, str]) -> Any:
    return STEPS.get(asked.get("step", "")) if code in ("waits", "passed") else None


def _of_step(code: str, asked: Mapping[str, str], today: date) -> Cases:
    if step := _step(code, asked):
        waits = code == "waits"
        return figures.every(figures.waits_at(step) if waits else figures.passed(step, today))
    return figures.cases_of(code, today)


def _district(asked: Mapping[str, str]) -> Filter:
    place = asked.get("district", "")
    if place == figures.NONE:
        return Q(district=None), _("no district yet")
    number = as_id(place)
    return (Q(district_id=number), _district_name(number)) if number else NO_FILTER


def _district_name(number: int) -> str:
    """A district's name, its code if there is none."""
    found = District.objects.filter(pk=number).first()
    return str(found or number)


def _agency_name(code: str) -> str:
    """An agency's short name, its code if there is none."""
    found = Agency.objects.filter(pk=code).first()
    return found.short if found else code


def _cause(asked: Mapping[str, str], today: date) -> Filter:
    cause = asked.get("cause", "")[:8]
    if cause == figures.OTHERS:
        codes, found = cockpit.small("open", today), Q(pk__in=[])
        for each in codes:
            found |= Q(main_cause__startswith=each) if each else Q(main_cause="")
        return found, _others()
    if cause == figures.NONE:
        return Q(main_cause=""), _("not known yet")
    return (Q(main_cause__startswith=cause), str(cause_name(cause))) if cause else NO_FILTER


def _industry(asked: Mapping[str, str], today: date) -> Filter:
    industry = asked.get("industry", "")[:8]
    if industry == figures.OTHERS:
        found = Q(pk__in=[])
        for each in cockpit.small("industry", today):
            found |= figures.of_industry(each or figures.NONE)
        return found, _others()
    if industry == figures.NONE:
        return figures.of_industry(industry), _("not recorded")
    named = industry_name(industry) or _("not recorded")
    return (figures.of_industry(industry), named) if industry else NO_FILTER


def _others() -> str:
    return _("others, each under 5")


def _agency(code: str, asked: Mapping[str, str], today: date) -> Filter:
    agency = asked.get("agency", "")[:32]
    if not agency:
        return NO_FILTER
    return figures.of_agency(code, agency, today), _agency_name(agency)


def _month(code: str, asked: Mapping[str, str]) -> Filter:
    month = month_of(asked)
    if month is None or code not in figures.MONTH_OF:
        return NO_FILTER
    return figures.in_month(code, month), f"{month:%Y-%m}"


def month_of(asked: Mapping[str, str]) -> date | None:
    """The month of the address, if it names one."""
    try:
        return date.fromisoformat(f"{asked.get('month', '')}-01")
    except ValueError:
        return None


def sums(code: str, month: date | None, cases: list[Case], rows: Cases) -> dict[str, Any]:
    """For a number that is a sum of a month: each case's part of it, by id, and the whole. Nothing for others."""
    if month is None or code not in ("settled", "paid"):
        return {}
    span = {"year": month.year, "month": month.month}
    of_month: QuerySet[Any]
    if code == "settled":
        of_month = Agreement.objects.filter(
            **{f"effective_on__{k}": v for k, v in span.items()}
        )
        by, yuan = "case_id", "total_yuan"
    else:
        of_month = Instalment.objects.filter(**{f"paid_on__{k}": v for k, v in span.items()})
        by, yuan = "agreement__case_id", "paid_yuan"
    mine = of_month.filter(**{f"{by}__in": [each.pk for each in cases]}).order_by()
    return {
        "by_case": dict(mine.values_list(by).annotate(Sum(yuan))),
        "head": _("Agreed (yuan)") if code == "settled" else _("Paid (yuan)"),
        "whole": of_month.filter(**{f"{by}__in": rows.values("pk")}).aggregate(all=Sum(yuan))["all"] or Decimal(0),
    }  # fmt: skip
