"""The README's lines of JavaScript are true, in a page of another origin."""

from pathlib import Path

from playwright.sync_api import Browser

from layers import Atlas
from tests.browser.harness import serve_folder
from tests.dashboard.test_readme import LINES, here


def test_javascript_of_another_page_opens_what_the_readme_says(
    browser: Browser, address: str, atlas: Atlas, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("<p>A page of another origin", encoding="utf-8")
    script = here("\n".join(LINES["js"]), address)
    with serve_folder(tmp_path) as elsewhere:
        page = browser.new_page()
        page.goto(elsewhere)
        names = page.evaluate(f"async () => {{ {script} return names; }}")
        page.close()
    assert names == list(atlas.layers["returned-districts"].features.name)
