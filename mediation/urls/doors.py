"""The addresses behind a code or a link: workers, employers, agencies without an account, signing."""

from django.urls import path

from mediation.views import (
    appointment,
    employer,
    liaison,
    phone_files,
    signing,
    track,
    track_group,
    track_offices,
    worker,
)

urlpatterns = [
    path("s/<str:token>/", signing.by_link, name="sign-link"),
    path("s/<str:token>/paper.pdf", signing.paper_by_link, name="sign-paper"),
    path("track/sign/", signing.in_portal, name="track-sign"),
    path("referral/<int:referral_id>/", liaison.page, name="referral"),
    path("referral/paper/<int:paper_id>/", liaison.paper, name="referral-paper"),
    path("referral/<int:referral_id>/file/<int:file_id>/", liaison.file, name="referral-file"),
    path("r/<str:token>/file/<int:file_id>/", liaison.file_by_link, name="referral-link-file"),
    path("r/<str:token>/", liaison.by_link, name="referral-link"),
    path(
        "r/<str:token>/paper/<int:paper_id>/", liaison.paper_by_link, name="referral-link-paper"
    ),
    path("door/", employer.code, name="door"),
    path("door/confirm/", employer.confirm, name="door-confirm"),
    path("door/inside/", employer.inside, name="door-inside"),
    path("door/papers/<int:paper_id>/", employer.paper, name="door-paper"),
    path("u/done/", phone_files.done, name="phone-files-done"),
    path("u/<str:token>/", phone_files.page, name="phone-files"),
    path("track/", track.code, name="track"),
    path("track/status/", track.status, name="track-status"),
    path("track/confirm/", track.confirm, name="track-confirm"),
    path("track/plan/", track.plan, name="track-plan"),
    path("track/steps/", track.steps, name="track-steps"),
    path("track/steps/diagram.svg", track.picture, name="track-diagram"),
    path("track/offices/", track_offices.page, name="track-offices"),
    path("track/group/", track_group.page, name="track-group"),
    path("track/appointment/", appointment.page, name="track-appointment"),
    path("track/leave/", track.leave, name="track-leave"),
    path("track/papers/", worker.papers, name="track-papers"),
    path("track/papers/<int:paper_id>/", worker.paper, name="track-paper"),
    path("track/files/", worker.files, name="track-files"),
    path("track/files/<int:file_id>/back/", worker.take_back, name="track-take-back"),
    path("track/paid/<int:number>/", worker.paid, name="track-paid"),
    path("track/say/", worker.say, name="track-say"),
    path("track/rate/", worker.rate, name="track-rate"),
    path("track/looks/", worker.looks, name="track-looks"),
    path("track/data/", worker.data, name="track-data"),
    path("track/data/along/", worker.along, name="track-along"),
    path("track/slip/", worker.slip, name="track-slip"),
]
