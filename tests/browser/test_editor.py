"""The editor as people use it: its own server, its own database, Chromium."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect
from playwright.sync_api import Error as PlaywrightError

from tests.browser.server import open_browser, run_local_server

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WIDTHS = (1280, 390)
numbers = count(1)

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with run_local_server(tmp_path_factory.mktemp("editor"), "editor") as running:
        yield running.url


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as browser:
        yield browser


@pytest.fixture
def open_as(server: str, browser: Browser) -> Iterator[Open]:
    """Somebody at a page of the admin; nothing may go wrong in the browser meanwhile."""
    complaints: list[str] = []
    contexts = []

    def open_page(path: str, *, as_: str = "demo-editor", width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        log_in(page, server, as_)
        page.goto(server + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def log_in(page: Page, server: str, username: str) -> None:
    page.goto(f"{server}/admin/")
    page.locator("input[type=password]").fill("demonstration")
    page.locator("input[type=text]:visible, input[name=login]").first.fill(username)
    page.locator("[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/admin/?$"))


def begin(open_as: Open, **options: int) -> Page:
    """A new page, in the editor."""
    page = open_as("/admin/conditions/condition/new/", **options)
    page.get_by_label("Title", exact=True).fill(f"Ear glow {next(numbers)}: what it is")
    page.get_by_role("button", name="Begin to write").click()
    wait(page)
    return page


def wait(page: Page) -> None:
    page.locator("#editor[data-state=ready]").wait_for()


def tab(page: Page, name: str) -> Locator:
    page.get_by_role("tab", name=re.compile(f"^{name}")).click()
    return page.locator("[role=tabpanel]:not([hidden])")


def add(page: Page, tab_name: str, one: str, label: str, text: str) -> Locator:
    """A part on that tab, with this in its first field; the part."""
    panel = tab(page, tab_name)
    panel.get_by_role("button", name=f"Add a {one}").last.click()
    item = panel.locator(".editor-item").last
    item.get_by_label(label, exact=True).fill(text)
    return item


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def expect_saved(page: Page) -> None:
    expect(page.locator(".editor-status").first).to_contain_text("aved", timeout=15_000)
    expect(page.locator("#editor")).to_have_attribute("data-dirty", "false", timeout=15_000)


def titles(panel: Locator) -> list[str]:
    return panel.locator(".editor-item-title").all_inner_texts()


def reload(page: Page) -> None:
    page.reload()
    wait(page)


def test_what_is_written_on_every_tab_is_there_after_saving(open_as: Open) -> None:
    page = begin(open_as)
    page.get_by_label("In short", exact=True).fill("Most ears stop **glowing**.")
    page.get_by_label("Other names", exact=True).fill("luminous ear")
    section = add(page, "Sections", "section", "Heading", "What you notice")
    section.get_by_label("Text", exact=True).fill("A light.")
    add(page, "Causes", "cause", "Name", "Humming")
    flag = add(page, "Red flags", "red flag", "Sign", "Smoke from the ear")
    flag.get_by_label("What to do", exact=True).fill("Call an ambulance.")
    flag.get_by_label("How soon to be seen", exact=True).select_option("emergency")
    add(page, "FAQs", "question", "Question", "Is it catching?")
    add(page, "People", "contributor", "Name", "Ada Author")
    tab(page, "Settings").get_by_label("Risk class", exact=True).select_option("high")

    save(page)
    expect_saved(page)
    reload(page)

    assert page.get_by_label("In short", exact=True).input_value() == "Most ears stop **glowing**."
    assert page.locator(".editor-chip", has_text="luminous ear").is_visible()
    for name, title in {
        "Sections": "What you notice",
        "Causes": "Humming",
        "Red flags": "Smoke from the ear",
        "FAQs": "Is it catching?",
        "People": "Ada Author",
    }.items():
        assert titles(tab(page, name)) == [title]
    assert tab(page, "Settings").get_by_label("Risk class", exact=True).input_value() == "high"


def test_problems_show_at_their_fields_and_on_tabs_and_a_link_leads_there(open_as: Open) -> None:
    page = begin(open_as)
    add(page, "Red flags", "red flag", "Sign", "Smoke")

    expect(page.get_by_role("tab", name="Red flags 1 problem")).to_be_visible()
    tab(page, "Summary")
    page.locator(".editor-overview summary").click()
    page.get_by_role("link", name="Red flags › Smoke › What to do").click()

    field = page.get_by_label("What to do", exact=True)
    expect(field).to_be_focused()
    expect(field.locator("xpath=..")).to_contain_text("does not say what to do")


def test_an_address_with_a_place_opens_that_place(open_as: Open) -> None:
    page = begin(open_as)
    section = add(page, "Sections", "section", "Heading", "Outer")
    section.get_by_role("button", name="Add a section").click()
    page.locator(".editor-item .editor-item").get_by_label("Heading", exact=True).fill("Inner")
    save(page)
    expect_saved(page)

    page.goto(f"{page.url}#/sections/0/sections/0/headline")
    reload(page)

    expect(page.locator(":focus")).to_have_value("Inner")


def test_what_cannot_be_saved_is_said_and_stays_as_it_was_typed(open_as: Open) -> None:
    page = begin(open_as)
    page.get_by_label("Title", exact=True).fill("")
    page.get_by_label("In short", exact=True).fill("Still here.")

    save(page)

    expect(page.locator(".editor-status").first).to_contain_text("Not saved")
    expect(page.get_by_label("Title", exact=True)).to_have_attribute("aria-invalid", "true")
    assert page.get_by_label("In short", exact=True).input_value() == "Still here."


def test_the_preview_shows_what_readers_will_see(open_as: Open) -> None:
    page = begin(open_as)

    page.get_by_label("In short", exact=True).fill("A **soft** light <script>alert(1)</script>.")

    preview = page.locator(".editor-preview").first
    expect(preview.locator("strong")).to_have_text("soft")
    expect(preview).to_contain_text("<script>alert(1)</script>")


def test_the_toolbar_marks_what_is_chosen_and_undo_takes_it_back(open_as: Open) -> None:
    page = begin(open_as)
    area = page.get_by_label("In short", exact=True)
    area.fill("warm")
    area.select_text()

    page.get_by_role("button", name="Bold (Ctrl+B)").first.click()
    marked = area.input_value()
    page.keyboard.press("Control+z")

    assert marked == "**warm**"
    assert area.input_value() == "warm"


def test_a_source_is_cited_from_the_keyboard_alone(open_as: Open) -> None:
    page = begin(open_as)
    area = page.get_by_label("In short", exact=True)
    area.focus()

    page.keyboard.type("It passes [@")
    expect(page.get_by_role("dialog").get_by_role("option").nth(1)).to_be_visible()
    page.keyboard.press("ArrowDown")
    key = page.locator("[role=option][aria-selected=true]").get_attribute("data-key")
    page.keyboard.press("Enter")
    page.keyboard.type(".")

    assert area.input_value() == f"It passes [@{key}]."
    expect(page.locator(".editor-preview a.citation").first).to_have_text("[1]")
    expect(tab(page, "References").locator(".editor-source")).to_contain_text(f"@{key}")


def test_whoever_knows_the_key_types_on(open_as: Open) -> None:
    page = begin(open_as)
    area = page.get_by_label("In short", exact=True)
    area.focus()

    page.keyboard.type("It passes [@ear-board]. So wait.")

    assert area.input_value() == "It passes [@ear-board]. So wait."


def test_parts_are_moved_by_buttons_and_the_focus_stays(open_as: Open) -> None:
    page = begin(open_as)
    for heading in ("One", "Two", "Three"):
        add(page, "Sections", "section", "Heading", heading)
    panel = tab(page, "Sections")

    panel.get_by_role("button", name="Move up this section").nth(2).press("Enter")
    page.keyboard.press("Enter")
    panel.get_by_role("button", name="Move into the section above").nth(1).press("Enter")
    save(page)
    expect_saved(page)
    reload(page)

    panel = tab(page, "Sections")
    outer = panel.locator(".editor-items").first.locator("> .editor-item")
    assert titles(panel) == ["Three", "One", "Two"]
    assert outer.count() == 2
    assert outer.first.locator(".editor-item .editor-item-title").inner_text() == "One"


def test_parts_are_moved_by_dragging_also_into_another_part(open_as: Open) -> None:
    page = begin(open_as)
    for heading in ("One", "Two", "Three"):
        add(page, "Sections", "section", "Heading", heading)
    save(page)
    expect_saved(page)
    reload(page)
    panel = tab(page, "Sections")

    drag(page, panel.locator(".editor-grip").nth(2), panel.locator(".editor-grip").nth(0))
    expect(panel.locator(".editor-item-title").first).to_have_text("Three")
    panel.locator(".editor-toggle").first.click()
    inner = panel.locator(".editor-item").first.locator(".editor-items").first
    inner.scroll_into_view_if_needed()
    drag(
        page,
        panel.locator(
            "> .editor-list > .editor-items > .editor-item > .editor-item-head .editor-grip"
        ).nth(2),
        inner,
    )
    save(page)
    expect_saved(page)
    reload(page)

    panel = tab(page, "Sections")
    outer = panel.locator("> .editor-list > .editor-items > .editor-item")
    assert titles(panel) == ["Three", "Two", "One"]
    assert outer.count() == 2


def drag(page: Page, grip: Locator, target: Locator) -> None:
    """Drags as a person does: parts give way meanwhile, so the target is looked for again."""
    grip.hover()
    page.mouse.down()
    for step in range(6):
        box = target.bounding_box()
        assert box
        y = box["y"] + min(box["height"], 40) / 2 + step % 2
        page.mouse.move(box["x"] + 40, y, steps=5)
        page.wait_for_timeout(250)
    page.mouse.up()
    page.wait_for_timeout(300)


def test_what_was_removed_comes_back_where_it_was(open_as: Open) -> None:
    page = begin(open_as)
    for heading in ("One", "Two"):
        add(page, "Sections", "section", "Heading", heading)
    panel = tab(page, "Sections")

    panel.get_by_role("button", name="Remove this section").first.click()
    removed = titles(panel)
    page.get_by_role("button", name="Undo").click()

    assert removed == ["Two"]
    assert titles(panel) == ["One", "Two"]


def test_an_anchor_follows_the_heading_until_it_is_saved(open_as: Open) -> None:
    page = begin(open_as)
    item = add(page, "Sections", "section", "Heading", "Été: at night")
    item.get_by_text("More", exact=True).click()
    first = item.get_by_label("Anchor", exact=True).input_value()
    save(page)
    expect_saved(page)

    item.get_by_label("Heading", exact=True).fill("By day")

    assert first == "ete-at-night"
    assert item.get_by_label("Anchor", exact=True).input_value() == "ete-at-night"


def test_two_people_at_once_lose_nothing(open_as: Open) -> None:
    mine = begin(open_as)
    theirs = open_as("/" + mine.url.split("/", 3)[3], as_="demo-editor-2")
    wait(theirs)
    theirs.get_by_label("Title", exact=True).fill("Their title")
    theirs.get_by_label("In short", exact=True).fill("Their summary.")
    save(theirs)
    expect_saved(theirs)
    mine.get_by_label("Title", exact=True).fill("My title")
    add(mine, "FAQs", "question", "Question", "My question?")

    save(mine)
    dialog = mine.get_by_role("dialog")
    expect(dialog).to_contain_text("saved this page while you were writing")
    together = dialog.get_by_role("button", name="Put together and save")
    expect(together).to_be_disabled()
    dialog.get_by_label("Mine", exact=True).check()
    together.click()
    expect_saved(mine)
    reload(theirs)

    assert theirs.get_by_label("Title", exact=True).input_value() == "My title"
    assert theirs.get_by_label("In short", exact=True).input_value() == "Their summary."
    assert titles(tab(theirs, "FAQs")) == ["My question?"]


def test_changes_that_do_not_touch_need_no_choice_and_closing_changes_nothing(
    open_as: Open,
) -> None:
    mine = begin(open_as)
    theirs = open_as("/" + mine.url.split("/", 3)[3], as_="demo-editor-2")
    wait(theirs)
    add(theirs, "Causes", "cause", "Name", "Their cause")
    save(theirs)
    expect_saved(theirs)
    mine.get_by_label("In short", exact=True).fill("My summary.")

    save(mine)
    mine.get_by_role("button", name="Back to my text, save later").click()
    assert titles(mine.locator("[role=tabpanel]").nth(2)) == []
    assert mine.get_by_label("In short", exact=True).input_value() == "My summary."
    save(mine)
    expect(mine.get_by_role("dialog")).to_contain_text("Their cause")
    mine.get_by_role("button", name="Put together and save").click()
    expect_saved(mine)
    reload(mine)

    assert mine.get_by_label("In short", exact=True).input_value() == "My summary."
    assert titles(tab(mine, "Causes")) == ["Their cause"]


def test_a_session_that_ended_loses_no_text_and_saving_goes_on_after_logging_in(
    open_as: Open, server: str
) -> None:
    page = begin(open_as)
    page.get_by_label("In short", exact=True).fill("Typed before the session ended.")
    page.context.clear_cookies()

    save(page)
    expect(page.get_by_role("link", name="Log in again (new tab)")).to_be_visible()
    log_in(page.context.new_page(), server, "demo-editor")
    save(page)
    expect_saved(page)

    assert (
        page.get_by_label("In short", exact=True).input_value() == "Typed before the session ended."
    )


def test_text_survives_a_browser_that_crashes(open_as: Open) -> None:
    page = begin(open_as)
    page.get_by_label("In short", exact=True).fill("Typed before the crash.")
    page.wait_for_timeout(800)
    other = page.context.new_page()
    other.goto("about:blank")
    url = page.url
    crash(page)

    other.goto(url)
    wait(other)
    other.get_by_role("button", name="Restore it").click()
    save(other)
    expect_saved(other)
    reload(other)

    assert other.get_by_label("In short", exact=True).input_value() == "Typed before the crash."
    assert other.get_by_text("There is text that you did not save").count() == 0


def crash(page: Page) -> None:
    """Ends the page's process on the spot: it can do nothing any more."""
    page.on("crash", lambda _: None)
    with suppress(PlaywrightError):
        page.goto("chrome://crash")
    page.close()


def test_text_that_is_thrown_away_is_gone_only_after_a_last_chance(open_as: Open) -> None:
    page = begin(open_as)
    page.get_by_label("In short", exact=True).fill("Perhaps.")
    page.wait_for_timeout(800)
    reload(page)

    page.get_by_role("button", name="Throw it away").click()
    assert page.get_by_label("In short", exact=True).input_value() == ""
    page.get_by_role("button", name="Undo").click()

    assert page.get_by_label("In short", exact=True).input_value() == "Perhaps."


def test_a_server_that_cannot_be_reached_costs_nothing(open_as: Open) -> None:
    page = begin(open_as)
    page.get_by_label("In short", exact=True).fill("Written on a train.")
    page.context.set_offline(True)

    save(page)
    expect(page.locator(".editor-status").first).to_contain_text("cannot be reached")
    page.context.set_offline(False)
    save(page)

    expect_saved(page)


def test_a_picture_is_uploaded_and_asks_for_its_alt_text(open_as: Open, tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (900, 600), "teal").save(tmp_path / "ear.png")
    page = begin(open_as)
    item = add(page, "Figures", "figure", "Caption", "An ear")

    item.get_by_label("Picture", exact=True).set_input_files(tmp_path / "ear.png")
    expect(item.locator("img")).to_be_visible()
    assert item.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)")
    expect(item).to_contain_text("has no alt text")
    item.get_by_label("Alt text", exact=True).fill("An ear that glows")
    save(page)
    expect_saved(page)

    expect(item).not_to_contain_text("has no alt text")


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_and_axe_finds_nothing_serious(open_as: Open, width: int) -> None:
    page = open_as("/admin/conditions/condition/?q=calf", width=width)
    page.locator("a[href*='/edit/']").first.click()
    wait(page)
    page.wait_for_timeout(1_500)

    for name in page.get_by_role("tab").all_inner_texts():
        panel = tab(page, name.split("\n")[0].rstrip("0123456789 "))
        if panel.locator(".editor-toggle").count():
            panel.locator(".editor-toggle").first.click()
            page.wait_for_timeout(300)

        assert list_serious(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_the_dialogs_are_accessible_too(open_as: Open) -> None:
    mine = begin(open_as)
    theirs = open_as("/" + mine.url.split("/", 3)[3], as_="demo-editor-2")
    wait(theirs)
    theirs.get_by_label("Title", exact=True).fill("Their title")
    save(theirs)
    expect_saved(theirs)
    mine.get_by_label("Title", exact=True).fill("My title")

    mine.get_by_role("button", name="Cite a source").first.click()
    expect(mine.get_by_role("dialog").get_by_role("option").first).to_be_visible()
    picker = list_serious(mine)
    mine.keyboard.press("Escape")
    save(mine)
    expect(mine.get_by_role("dialog")).to_be_visible()

    assert picker == []
    assert list_serious(mine) == []


def list_serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']}: {rule['nodes'][0]['html']}"
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def test_what_a_page_translates_is_chosen_and_another_choice_is_not_reviewed_yet(
    open_as: Open,
) -> None:
    page = open_as("/admin/conditions/condition/?document__locale=hi")
    page.get_by_role("link", name=re.compile("पिंडली में दर्द")).first.click()
    wait(page)
    field = page.locator("[data-step=translation_of]")
    source, reviewed = field.get_by_role("combobox"), field.get_by_role("checkbox")

    reviewed.check()
    source.select_option("")
    assert reviewed.count() == 0
    source.select_option("en/1")
    expect(reviewed).not_to_be_checked()
    expect(page.locator("#editor")).to_have_attribute("data-dirty", "false")


def test_a_page_with_no_other_language_has_no_such_choice(open_as: Open) -> None:
    page = begin(open_as)

    expect(page.locator("[data-step=translation_of]")).to_be_hidden()
