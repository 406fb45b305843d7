"""The demonstration people at a browser, logged in."""

import re

from playwright.sync_api import Browser, BrowserContext, Page

from calfcms.publishing.demonstration import PASSWORD

WIDE, NARROW = (1280, 900), (390, 844)
"""A desk and a phone, in CSS pixels."""


def open_window(browser: Browser, width: int = WIDE[0], height: int = WIDE[1]) -> BrowserContext:
    """A window that nobody is logged in to, without movement, since pictures are taken of it."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", locale="en-GB"
    )
    context.set_default_timeout(30_000)
    return context


def log_in(context: BrowserContext, server: str, username: str) -> Page:
    """Their home page."""
    page = context.new_page()
    page.goto(f"{server}/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(re.compile(r"/admin/?$"))
    return page
