"""Every address of the house. Viewflow's own pages are not among them."""

from django.urls import URLPattern, URLResolver, include, path

from config.api import urlpatterns as api

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include(api)),
    path("i18n/", include("django.conf.urls.i18n")),
    path("paper/", include("documents.urls")),
    path("", include("mediation.urls")),
]

handler400 = "mediation.views.errors.bad_request"
handler403 = "mediation.views.errors.forbidden"
handler404 = "mediation.views.errors.not_found"
handler500 = "mediation.views.errors.broken"
