"""The words of the calculators' inputs and results."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "hire": _("Hired on"), "last_day": _("Last day of work"),
    "avg_month_wage": _("Average monthly pay of the last 12 months (yuan)"),
    "cap_3x_avg_wage": _("Three times the local average wage (yuan a month)"),
    "last_month_wage": _("Pay of the last month (yuan)"), "month_wage": _("Monthly pay (yuan)"),
    "contract_signed": _("Written contract signed on"),
    "weekday_hours": _("Overtime on working days (hours)"),
    "restday_days": _("Work on rest days, not compensated (days)"),
    "holiday_days": _("Work on statutory holidays (days)"), "leave_date": _("Employment ended on"),
    "cumulative_years": _("Whole years of work in all"),
    "entitlement_days": _("Days of annual leave a year"), "taken_days": _("Days taken this year"),
    "avg_month_wage_ex_ot": _("Average monthly pay without overtime (yuan)"),
    "comparable_month_pay": _("Monthly pay to compare (yuan)"), "district": _("District"),
    "on": _("Day"), "arrears": _("Unpaid pay (yuan)"),
    "order_issued": _("Has labour inspection ordered to pay?"),
    "paid_by_order_date": _("Was it paid by the day ordered?"), "grade": _("Grade of disability (1 to 10)"),
    "own_month_wage": _("Own monthly pay before the injury (yuan)"),
    "regional_avg_month_wage": _("Local average monthly wage (yuan)"), "from": _("From"), "to": _("To"),
    "months": _("Months"), "agreed_month_pay": _("Agreed compensation a month (yuan)"),
    "min_wage_month": _("Monthly minimum wage (yuan)"), "children": _("Children born"),
    "difficult_birth": _("Difficult birth?"), "local_days": _("Days by local rules"),
    "claim": _("Kind of claim"), "knew_on": _("Knew or should have known on"),
    "terminated_on": _("Employment ended on"), "as_of": _("As of"),
    "items": _("Sums claimed"), "sum": _("Sum in dispute (yuan)"),
    "province_year_wage": _("Average yearly wage of the province (yuan)"),
    "item": _("Claim"), "claimed": _("claimed (yuan)"), "floor": _("legal floor (yuan)"),
    "offered": _("offered (yuan)"),
    # results
    "base": _("Pay the sum counts from (yuan)"), "capped": _("Capped at three times the average"),
    "cap_checked": _("Cap looked at"),
    "by_agreement": _("Possible if both sides agree"),
    "n": _("Severance N (yuan)"), "two_n": _("Damages 2N (yuan)"), "amount": _("Sum (yuan)"),
    "window_start": _("First day of double pay"), "window_end": _("Last day of double pay"),
    "full_months": _("Full months"), "extra_working_days": _("Further working days"),
    "day_wage": _("Pay a day (yuan)"), "hour_wage": _("Pay an hour (yuan)"),
    "weekday": _("Working days 150% (yuan)"), "restday": _("Rest days 200% (yuan)"),
    "holiday": _("Holidays 300% (yuan)"), "total": _("Total (yuan)"),
    "over_36_hours": _("More than 36 hours a month"), "calendar_days_passed": _("Days passed this year"),
    "prorated": _("Days by proportion"), "payable_days": _("Days to be paid"),
    "lawful_days": _("Lawful days of leave"), "gap": _("Missing (yuan)"),
    "min": _("At least (yuan)"), "max": _("At most (yuan)"), "wage_base": _("Pay counted with (yuan)"),
    "disability_subsidy": _("One-time disability subsidy (yuan)"),
    "medical_subsidy": _("One-time medical subsidy (yuan)"),
    "employment_subsidy": _("One-time employment subsidy (yuan)"),
    "working_days": _("Working days"), "month_amount": _("A month (yuan)"), "days": _("Days"),
    "status": _("State"), "expires_on": _("Runs out on"), "days_left": _("Days left"),
    "days_past": _("Days past"), "suspended_days": _("Days suspended"), "provisional": _("Provisional"),
    "threshold": _("Limit (yuan)"), "final": _("Final for the employer"), "small": _("Small claim"),
    "above": _("Above the limit (yuan)"), "ratio": _("Share"), "below_floor": _("Below the floor"),
}  # fmt: skip
CLAIM_WORDS = {
    "LABOUR_REMUNERATION": _("pay"), "SEVERANCE": _("severance"), "DAMAGES": _("damages"),
    "DOUBLE_WAGE_GAP": _("double-pay gap"), "ANNUAL_LEAVE": _("annual leave"), "INJURY": _("work injury"),
    "OTHER": _("other"),
}  # fmt: skip
KIND_WORDS = {
    "INTERRUPT": _("asked the other side or a body, or it promised (starts anew)"),
    "SUSPEND_START": _("could not act, from this day"),
    "SUSPEND_END": _("could act again, from this day"),
    "AGREE_TO_PERFORM": _("agreed to pay after the end"),
}
STATUS_WORDS = {
    "NOT_RUNNING": _("does not run yet"), "RUNNING": _("running"), "SUSPENDED": _("suspended"),
    "EXPIRED": _("over"), "UNKNOWN": _("not known"),
}  # fmt: skip
