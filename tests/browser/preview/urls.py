"""Throw-away addresses: /NAME shows a page, /worker/NAME likewise; ?lang=en in English."""

from django.contrib.staticfiles.views import serve
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import translation
from django.views.i18n import set_language

from tests.browser.preview import contexts


def show(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the preview, in the language that ?lang names."""
    found = contexts.pages().get(name)
    if found is None:
        raise Http404(name)
    translation.activate(request.GET.get("lang", "zh-hans"))
    template, context = found
    return render(request, template, {"frame": contexts.FRAME, **context})


def static(request: HttpRequest, name: str) -> HttpResponse:
    """A built file, as Django's development server finds it."""
    return serve(request, name, insecure=True)


urlpatterns = [
    path("static/<path:name>", static),
    path("lang", set_language, name="set_language"),
    path("track", show, {"name": "track/code"}, name="track"),
    path("<path:name>", show),
]
