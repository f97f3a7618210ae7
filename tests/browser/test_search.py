"""The search in a real Chromium: every form and script finds, the keyboard does everything, text is text."""

import re

from playwright.sync_api import Page, expect

from tests.browser.visit import Visit

RESULT = "#search-results [role=option]:visible"
FIND = """queries => {
    const data = JSON.parse(document.getElementById("map-data").textContent);
    const entries = KarabakhSearchIndex.build(data, document);
    return queries.map((query) => {
        const [first] = [...KarabakhSearchIndex.find(entries, query).values()].flat();
        return first ? [first.kind, first.id, first.match.lang] : null;
    });
}"""
FOUND = {
    "Stepanakert": ("feature", "stepanakert", "en"),
    "khankendi": ("feature", "stepanakert", "en"),
    "Xankəndi": ("feature", "stepanakert", "az"),
    "XANKENDI": ("feature", "stepanakert", "az"),
    "Ստեփանակերտ": ("feature", "stepanakert", "hy"),
    "степанакерт": ("feature", "stepanakert", "ru"),
    "Шуша": ("feature", "shusha", "ru"),
    "Şuşa": ("feature", "shusha", "az"),
    "susa": ("feature", "shusha", "az"),
    "ԵՐԵՎԱՆ": ("feature", "yerevan", "hy"),
    "Երեւան": ("feature", "yerevan", "hy"),
    "İREVAN": ("feature", "yerevan", "az"),
    "Martakert": ("place", "aghdara", "en"),
    "Göyçə gölü": ("place", "lake-sevan", "az"),
    "sarsangi jra": None,
    "Սարսանգի ջ": ("place", "lake-sarsang", "hy"),
    "lachin corr": ("feature", "lachin-corridor", "en"),
    "corr lachin": ("feature", "lachin-corridor", "en"),
    "nagorno karabakh": ("layer", "upper-karabakh", "en"),
    "areas of resp": ("layer", "areas-of-responsibility", "en"),
    "10 nov": ("date", "2020-11-10", "en"),
    "november 10": ("date", "2020-11-10", "en"),
    "10 ноября": ("date", "2020-11-10", "ru"),
    "Lavrov": ("speaker", "Sergei Lavrov", "en"),
    "лавров": ("speaker", "Sergei Lavrov", "ru"),
    "considering the legal": ("passage", "lavrov-legal-implications", "en"),
    "anaker": ("feature", "stepanakert", "en"),
    "...": None,
}


def test_every_form_and_script_finds_by_word_beginnings_then_anywhere(at_reader: Visit) -> None:
    at_reader.page.get_by_role("combobox", name="Search places").fill("Şuşa")
    expect(at_reader.page.locator(RESULT)).to_have_count(1)
    found = at_reader.page.evaluate(FIND, list(FOUND))
    assert dict(zip(FOUND, [tuple(each) if each else None for each in found], strict=True)) == FOUND


def test_the_keyboard_reaches_chooses_clears_and_leaves(page: Page, at_map: Visit) -> None:
    box, options = page.get_by_role("combobox", name="Search places"), page.locator(RESULT)
    page.get_by_role("region", name="Map").focus()
    page.keyboard.press("/")
    page.keyboard.type("Xocavənd")
    expect(options.first).to_contain_text("Khojavend (Martuni)")
    expect(options.first.locator("[lang=az]")).to_have_text("Xocavənd")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"view=[0-9.]+/39\.79\d+/47\.11"))
    box.fill("20-kilometer")  # the map alone has the passages that its features quote
    expect(options).to_contain_text(["Lachin corridor (the 20-kilometer-long"])
    box.fill("<img src=x onerror=alert(1)>${y}`")
    expect(page.locator(".search-status")).to_have_text(
        "Nothing found for “<img src=x onerror=alert(1)>${y}`”."
    )
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.ariaLabel") == "Map"
    assert at_map.errors == []


def test_whom_the_article_cites_leads_to_their_passages_and_on_to_the_map(at_reader: Visit) -> None:
    page = at_reader.page
    page.get_by_role("combobox", name="Search places").fill("Lavr")
    page.locator(RESULT, has_text="3 passages").click()
    expect(page.locator(RESULT)).to_have_count(3)
    page.locator(RESULT, has_text="considering the legal").click()
    expect(page.locator(".passage[aria-current=true]")).to_contain_text("legal implications")
    assert page.locator(RESULT).count() == 0
