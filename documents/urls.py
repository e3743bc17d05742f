"""Addresses of papers that anybody may open: the public check, online and for offline use."""

from django.urls import path

from documents import views

urlpatterns = [
    path("check/", views.check, name="paper_check"),
    path("check/<str:code>/", views.check, name="paper_check_code"),
    path("stamp/<str:sha256>/", views.stamp, name="paper_stamp"),
    path("checker.html", views.checker, name="paper_checker"),
    path("register.json", views.register_file, name="paper_register"),
]
