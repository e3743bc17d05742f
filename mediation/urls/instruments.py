"""The addresses of the union's instruments: letters, hazards, teams, bargaining, lawyers."""

from django.urls import path

from mediation.views import (
    bargaining,
    hazards,
    instruments,
    partners,
    steps,
    subsidy,
    supervision,
    teams,
)

urlpatterns = [
    path("letters/", supervision.register, name="letters"),
    path("hazards/", supervision.hazards, name="hazards"),
    path("hazards/<int:inspection_id>/", hazards.inspection, name="inspection"),
    path("hazards/photos/<int:photo_id>.jpg", hazards.photo, name="hazard-photo"),
    path("partners/", partners.directory, name="partners"),
    path("partners/new/", partners.partner, name="new-partner"),
    path("partners/<int:partner_id>/", partners.partner, name="partner"),
    path("partners/pairs/new/", partners.pair, name="new-pair"),
    path("partners/pairs/<int:pair_id>/end/", partners.end_pair, name="end-pair"),
    path("duty/", hazards.duty, name="duty"),
    path("clues/", teams.mine, name="clues"),
    path("clues/new/", steps.start, {"node": "clue.pass_on"}, name="new-clue"),
    path("clues/<int:clue_id>/photos/<int:number>.jpg", teams.photo, name="clue-photo"),
    path("teams/", teams.members, name="teams"),
    path("teams/bring-in/", teams.bring_in, name="teams-bring-in"),
    path("bargaining/", bargaining.season, name="bargains"),
    path("bargaining/new/", steps.start, {"node": "bargaining.offer"}, name="new-bargain"),
    path("notices/", bargaining.notices, name="notices"),
    path("notices/new/", steps.start, {"node": "notice.receive"}, name="new-notice"),
    path("instruments/", instruments.page, name="instruments"),
    path("instruments/figures.xlsx", instruments.workbook, name="instruments-xlsx"),
    path("subsidies/", subsidy.ledger, name="subsidies"),
    path("subsidies/ledger.xlsx", subsidy.workbook, name="subsidies-xlsx"),
    path("lawyers/", subsidy.lawyers, name="lawyers"),
    path("lawyers/new/", subsidy.lawyer, name="new-lawyer"),
    path("lawyers/<int:lawyer_id>/", subsidy.lawyer, name="lawyer"),
    path("lawyers/firms/new/", subsidy.firm, name="new-firm"),
    path("lawyers/firms/<int:firm_id>/", subsidy.firm, name="firm"),
]
