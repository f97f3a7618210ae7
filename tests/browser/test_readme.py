"""The README's lines of JavaScript are true, in a page of another origin."""

from pathlib import Path

from tests.browser.harness import serve_folder
from tests.browser.visit import Visit
from tests.dashboard.test_readme import LINES, here


def test_javascript_of_another_page_opens_what_the_readme_says(
    visit: Visit, server: str, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<p>A page of another origin", encoding="utf-8")
    script = here("\n".join(LINES["js"]), server)
    with serve_folder(tmp_path) as elsewhere:
        visit.page.goto(elsewhere)
        names = visit.page.evaluate(f"async () => {{ {script} return names; }}")
    assert names == ["Aghdam", "Fuzuli", "Gubadli", "Jabrayil", "Kelbajar", "Lachin", "Zangilan"]
