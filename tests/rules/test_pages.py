"""The reference pages say what the data say."""

from casework.rules.__main__ import main
from casework.rules.catalogue import seed
from casework.rules.pages import FOLDER, pages
from casework.rules.tables_read import seed as tables


def test_the_pages_are_drawn_from_the_data():
    for name, text in pages().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, (
            "run python -m casework.rules pages"
        )


def test_every_code_and_every_row_stands_in_them():
    drawn = pages()
    for code in seed().codes():
        if not seed().rules[code][0].alias_of:
            assert f"| {code} |" in drawn["terms.md"]
    for code in tables().codes():
        for row in tables().on(code).rows:
            assert f"| {row.id} |" in drawn["decision-tables.md"]


def test_a_limit_is_told_with_what_makes_it_special():
    lines = {line.split(" | ")[0][2:]: line for line in pages()["terms.md"].splitlines()}
    assert "5 个工作日 · 5 working days (collective 3, emergency 1)" in lines["P-10"]
    assert "counted backwards" in lines["B-07"]
    assert "never moves" in lines["LC-08"]
    assert "7 个自然日 · 7 calendar days (may be set)" in lines["F-01"]
    assert "1 个工作日 · 1 working day |" in lines["M-12"]
    assert "as agreed: 双方当事人 · both parties" in lines["M-04"]
    assert "+15: 仲裁委员会主任" in lines["B-08"]
    assert lines["U-04"].endswith("| V | not recorded |")
    assert "(重庆市)" in lines["U-04"]
    assert lines["P-03"].endswith("| setting | P | - |")
    assert lines["C-01"].endswith("| V | 2024-01-01 (V) |")


def test_the_command_writes_them_anywhere(tmp_path, capsys):
    assert main(["pages", str(tmp_path)]) == 0
    assert {file.name for file in tmp_path.iterdir()} == set(pages())
    assert main(["pages", str(tmp_path / "nowhere")]) == 2
    assert "nowhere" in capsys.readouterr().err
