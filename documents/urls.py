"""Addresses of papers that anybody may open: the public check."""

from django.urls import path

from documents import views

urlpatterns = [
    path("check/", views.check, name="paper_check"),
    path("check/<str:code>/", views.check, name="paper_check_code"),
]
