"""The page of the access matrix is fresh, and the matrix is whole."""

from casework.access.page import PAGE, page
from casework.access.roles import Role, matrix


def test_the_page_is_drawn_from_the_matrix():
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m casework.access.page"


def test_the_enum_is_the_matrix():
    assert [role.value for role in Role] == list(matrix()["roles"])


def test_every_row_of_fields_has_a_cell_for_every_column():
    columns = matrix()["columns"]
    for name, group in matrix()["fields"].items():
        assert len(group["cells"].split()) == len(columns), name


def test_every_permission_names_known_roles():
    known = {*matrix()["roles"], *matrix()["groups_of_roles"]}
    for permission, names in matrix()["permissions"].items():
        assert set(names) <= known, permission
