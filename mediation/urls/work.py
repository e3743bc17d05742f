"""The addresses of the day's work: home, calls, tasks, agenda, drafts, calculators."""

from django.urls import path

from mediation.desks import home, lists
from mediation.views import (
    agenda,
    agreement,
    calculators,
    call,
    call_backs,
    call_sum,
    drafts,
    groups,
    steps,
    work,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("call/", call.page, name="new_call"),
    path("call/lookup/", call.lookup, name="call-lookup"),
    path("call/calculate/", call_sum.calculate, name="call-calculate"),
    path("call/known/", call.use_known, name="call-known"),
    path("call-backs/", call_backs.page, name="call-backs"),
    path("groups/", groups.page, name="groups"),
    path("groups/<int:case_id>/", groups.one, name="group"),
    path("groups/again/<int:number>/", groups.again, name="group-again"),
    path("work/", lists.work, name="work"),
    path("work/many/", work.many, name="work-many"),
    path("work/undo/", work.undo, name="work-undo"),
    path("task/<int:task_id>/held/", work.held, name="task-held"),
    path("search/", lists.search, name="search"),
    path("task/<int:task_id>/", steps.task, name="task"),
    path("task/<int:task_id>/look/", agreement.look, name="agreement-look"),
    path(
        "task/<int:task_id>/look/<int:number>/", agreement.progress, name="agreement-progress"
    ),
    path("task/<int:task_id>/look/<int:number>/paper.pdf", agreement.pdf, name="agreement-pdf"),
    path("draft/<str:form>/", drafts.save, name="draft"),
    path("agenda/", agenda.page, name="agenda"),
    path("agenda/session/<int:session_id>.ics", agenda.one, name="agenda-file"),
    path("agenda/<int:user_id>/<str:key>.ics", agenda.feed, name="agenda-feed"),
    path("drafts/", drafts.listing, name="drafts"),
    path("drafts/drop/", drafts.drop, name="draft-drop"),
    path("drafts/<int:draft_id>/back/", drafts.put_back, name="draft-back"),
    path("calculators/", calculators.index, name="calculators"),
    path("calculators/<str:name>/", calculators.one, name="calculator"),
]
