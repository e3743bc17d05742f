"""Addresses of papers: the public check, and the bytes for those who may see the case."""

from django.urls import path

from documents import views

urlpatterns = [
    path("check/", views.check, name="paper_check"),
    path("check/<str:code>/", views.check, name="paper_check_code"),
    path("<int:paper_id>.pdf", views.pdf, name="paper_pdf"),
]
