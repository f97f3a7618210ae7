"""The map in words beside the map: it follows it, leads there, and is what the keyboard reads."""

from playwright.sync_api import expect

from tests.browser.harness import follow
from tests.browser.visit import Visit


def test_room_follows_date_and_layers(at_reader: Visit) -> None:
    page = at_reader.page
    follow(page, "?room=words&date=2020-11-20")
    room = page.locator("#room-words")
    told, heads = room.locator("p[data-day]:visible"), room.locator("th[data-day]:visible")
    expect(told).to_contain_text(
        "20 November 2020: Upper Karabakh after the armistice. Since 10 November, handed over"
    )
    expect(heads).to_have_text("20 November 2020")
    page.locator("input[role=switch][value=places]").uncheck()
    expect(told).not_to_contain_text("Places marked", use_inner_text=True)
    expect(room.locator(".entry[data-about=hadrut]")).to_be_hidden()
    page.locator("#dates label", has_text="26 September").click()

    expect(told).to_contain_text("Districts wholly Armenian-held: Gubadli, Kelbajar, Lachin and Zangilan.")
    expect(heads).to_have_count(1)


def test_on_a_phone_no_word_of_the_table_is_broken_and_nothing_sticks_out(at_reader: Visit) -> None:
    page = at_reader.page
    page.set_viewport_size({"width": 360, "height": 740})
    follow(page, "?room=words")
    heads = page.locator("#room-words th[scope=row]")
    lines = "(all) => all.map((one) => one.clientHeight / parseFloat(getComputedStyle(one).lineHeight))"

    assert max(heads.evaluate_all(lines)) < 4
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_name_in_the_room_opens_the_feature_and_the_focus_comes_back(at_reader: Visit) -> None:
    page = at_reader.page
    follow(page, "?room=words&layers=places")
    name = page.locator("#room-words .entry button", has_text="Kelbajar").last
    page.locator("#room-words [data-about=kelbajar] button").click()
    expect(page.locator("#sheet h2")).to_have_text("Kelbajar")
    expect(page.locator("#room-words")).to_be_visible()
    page.keyboard.press("Escape")

    expect(name).to_be_focused()


def test_arrow_keys_on_the_map_read_the_sentence_of_the_room(at_reader: Visit) -> None:
    page = at_reader.page
    follow(page, "?layers=returned-districts&room=words")
    page.locator("path[data-feature=district-kelbajar]").first.focus()
    page.keyboard.press("ArrowDown")
    led = page.evaluate("document.activeElement.dataset.feature")
    said = page.locator("#said").text_content() or ""

    assert (led, said.startswith("Lachin district borders ")) == ("district-lachin", True)
    expect(page.locator(f"#room-words [data-about={led}] dd")).to_contain_text(said)
