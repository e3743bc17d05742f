"""The root of the API: /api/v1/."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView

from mediation.api import cases, exchange, partner, steps, track

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("calls/", steps.Calls.as_view(), name="api-calls"),
    path("tasks/", steps.Tasks.as_view(), name="api-tasks"),
    path("tasks/<int:task_id>/", steps.OneTask.as_view(), name="api-task"),
    path("cases/", cases.Cases.as_view(), name="api-cases"),
    path("cases/<int:case_id>/", cases.OneCase.as_view(), name="api-case"),
    path("cases/<int:case_id>/deadlines/", cases.Deadlines.as_view(), name="api-deadlines"),
    path("cases/<int:case_id>/events/", cases.Events.as_view(), name="api-events"),
    path("cases/<int:case_id>/papers/", cases.Papers.as_view(), name="api-papers"),
    path(
        "cases/<int:case_id>/papers/<int:paper_id>/",
        cases.PaperBytes.as_view(),
        name="api-paper",
    ),
    path("cases/<int:case_id>/starts/", steps.Starts.as_view(), name="api-starts"),
    path("cases/<int:case_id>/starts/<str:node>/", steps.OneStart.as_view(), name="api-start"),
    path("exchange/events/", exchange.Events.as_view(), name="api-exchange-events"),
    path("exchange/feed/", exchange.Feed.as_view(), name="api-exchange-feed"),
    path("exchange/referrals/", partner.Referrals.as_view(), name="api-exchange-referrals"),
    path(
        "exchange/referrals/<int:referral_id>/",
        partner.OneReferral.as_view(),
        name="api-exchange-referral",
    ),
    path(
        "exchange/referrals/<int:referral_id>/papers/<int:paper_id>/",
        partner.ReferralPaper.as_view(),
        name="api-exchange-paper",
    ),
    path(
        "exchange/referrals/<int:referral_id>/files/<int:file_id>/",
        partner.ReferralFile.as_view(),
        name="api-exchange-file",
    ),
    path(
        "exchange/referrals/<int:referral_id>/answers/",
        partner.Answers.as_view(),
        name="api-exchange-answers",
    ),
    path("exchange/matters/", partner.Matters.as_view(), name="api-exchange-matters"),
    path("exchange/list/", exchange.Listing.as_view(), name="api-exchange-list"),
    path("track/", track.Track.as_view(), name="api-track"),
]
