"""The addresses of the house: log-in, people, places, templates of papers, absences."""

from django.urls import path

from mediation.views import (
    account,
    bench,
    doorway,
    house,
    looking,
    passkeys,
    people_list,
    wordings,
)

urlpatterns = [
    path("login/", account.login, name="login"),
    path("login/code/", doorway.code, name="login-code"),
    path("logout/", account.logout, name="logout"),
    path("account/password/", doorway.password, name="account-password"),
    path("account/second/", doorway.second, name="account-second"),
    path("account/keys/", passkeys.keys, name="account-keys"),
    path("bench/", bench.page, name="bench"),
    path("bench/rooms/<int:room_id>/close/", bench.room, name="bench-room"),
    path("bench/<int:user_id>/", bench.person, name="bench-person"),
    path("bench/<int:user_id>/back/<int:absence_id>/", bench.back, name="bench-back"),
    path("bench/<int:user_id>/hand-over/", bench.hand_over, name="bench-hand-over"),
    path("house/", house.people, name="house-people"),
    path("house/people/new/", house.new_person, name="house-new-person"),
    path("house/people/list/", people_list.bring_in, name="house-list"),
    path("house/people/list/<int:number>/back/", people_list.take_back, name="house-list-back"),
    path("house/people/<int:user_id>/", house.person, name="house-person"),
    path("house/people/<int:user_id>/act/", house.act, name="house-act"),
    path("house/look/stop/", looking.stop, name="house-look-stop"),
    path("house/places/", house.places, name="house-places"),
    path("house/offices/new/", house.office, name="house-new-office"),
    path("house/offices/<int:office_id>/", house.office, name="house-office"),
    path("house/routes/new/", house.route, name="house-new-route"),
    path("house/routes/<int:route_id>/", house.route, name="house-route"),
    path("house/papers/", wordings.listed, name="wordings"),
    path("house/papers/<str:code>/draft/", wordings.draft, name="wording-draft"),
    path("house/papers/<str:code>/<int:number>/", wordings.one, name="wording"),
    path(
        "house/papers/<str:code>/<int:number>/sample/", wordings.sample, name="wording-sample"
    ),
    path("house/papers/<str:code>/<int:number>/act/", wordings.act, name="wording-act"),
    path("house/audit/", house.audit, name="house-audit"),
    path("house/health/", house.health, name="house-health"),
]
