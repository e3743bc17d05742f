"""The addresses of the screens."""

from django.urls import path

from mediation.desks import home, lists
from mediation.views import (
    account,
    calculators,
    calendar,
    case,
    deadlines,
    diagram,
    drafts,
    limitation,
    papers,
    rules,
    steps,
    track,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("login/", account.login, name="login"),
    path("logout/", account.logout, name="logout"),
    path("call/", steps.start, {"node": "intake.record_call"}, name="new_call"),
    path("work/", lists.work, name="work"),
    path("late/", lists.late, name="late"),
    path("cases/", lists.cases, name="cases"),
    path("search/", lists.search, name="search"),
    path("task/<int:task_id>/", steps.task, name="task"),
    path("cases/<int:case_id>/", case.detail, name="case"),
    path("cases/<int:case_id>/reveal/", case.reveal, name="reveal"),
    path("cases/<int:case_id>/do/<str:node>/", steps.start, name="start"),
    path("cases/<int:case_id>/papers/<int:paper_id>/", papers.paper, name="case-paper"),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/progress/",
        papers.progress,
        name="case-paper-progress",
    ),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/again/",
        papers.again,
        name="case-paper-again",
    ),
    path("cases/<int:case_id>/limitation/", limitation.page, name="limitation"),
    path("cases/<int:case_id>/deadlines/", deadlines.page, name="deadlines"),
    path(
        "cases/<int:case_id>/deadlines/<int:deadline_id>/longer/",
        deadlines.longer,
        name="deadline-longer",
    ),
    path(
        "cases/<int:case_id>/deadlines/asked/<int:request_id>/",
        deadlines.decide,
        name="deadline-decide",
    ),
    path(
        "cases/<int:case_id>/deadlines/asked/<int:request_id>/back/",
        deadlines.take_back,
        name="deadline-take-back",
    ),
    path("cases/<int:case_id>/calculate/", calculators.of_case, name="case-calculators"),
    path(
        "cases/<int:case_id>/calculate/<str:name>/", calculators.on_case, name="case-calculator"
    ),
    path("process/<int:process_id>/", diagram.page, name="process"),
    path("process/<int:process_id>/diagram.svg", diagram.picture, name="process-diagram"),
    path("draft/<str:form>/", drafts.save, name="draft"),
    path("drafts/", drafts.listing, name="drafts"),
    path("drafts/drop/", drafts.drop, name="draft-drop"),
    path("drafts/<int:draft_id>/back/", drafts.put_back, name="draft-back"),
    path("rules/", rules.desk, name="rules"),
    path("rules/calendar/", calendar.page, name="calendar"),
    path("rules/limit/<str:code>/", rules.rule, name="rules-rule"),
    path("rules/figure/<str:name>/", rules.figure, name="rules-figure"),
    path("rules/edit/<int:edit_id>/", rules.edit, name="rules-edit"),
    path("rules/edit/<int:edit_id>/decide/", rules.decide, name="rules-decide"),
    path("rules/edit/<int:edit_id>/withdraw/", rules.withdraw, name="rules-withdraw"),
    path("calculators/", calculators.index, name="calculators"),
    path("calculators/<str:name>/", calculators.one, name="calculator"),
    path("track/", track.code, name="track"),
    path("track/status/", track.status, name="track-status"),
    path("track/confirm/", track.confirm, name="track-confirm"),
    path("track/plan/", track.plan, name="track-plan"),
    path("track/steps/", track.steps, name="track-steps"),
    path("track/steps/diagram.svg", track.picture, name="track-diagram"),
    path("track/leave/", track.leave, name="track-leave"),
]
