"""The addresses of the screens, by desk. No two of these files share the first word of an address."""

from mediation.urls import doors, files, house, instruments, oversight, work

urlpatterns = [
    *doors.urlpatterns,
    *files.urlpatterns,
    *house.urlpatterns,
    *instruments.urlpatterns,
    *oversight.urlpatterns,
    *work.urlpatterns,
]
