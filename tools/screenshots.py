"""Take the pictures of the page that the README shows: ``python tools/screenshots.py``.

Starts the application on a free port of this machine and looks at it with Chromium. The pictures
are ``docs/page-light.png`` and ``docs/page-dark.png``.
"""

import shutil
import sys
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from visamap.web.app import create_app

DOCS = Path(__file__).parent.parent / "docs"
LARGEST = 200_000
ASKED = "?nationality=THA&days=20"
WIDE, TALL = 1000, 1100
SHOWN = (("light", ASKED, ""), ("dark", "", "#map"))


def main() -> int:
    """Take both pictures; a picture that is too large is trouble."""
    server = uvicorn.Server(
        uvicorn.Config(create_app(), host="127.0.0.1", port=0, log_level="error", ws="none")
    )
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    sizes = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for scheme, path, part in SHOWN:
            page = browser.new_page(
                viewport={"width": WIDE, "height": TALL},
                color_scheme="dark" if scheme == "dark" else "light",
                locale="en-GB",
            )
            page.goto(f"http://127.0.0.1:{port}/{path}")
            target = DOCS / f"page-{scheme}.png"
            (page.locator(part) if part else page).screenshot(path=target)
            sizes[target] = target.stat().st_size
        browser.close()
    server.should_exit = True
    for target, size in sizes.items():
        print(f"{target.relative_to(DOCS.parent)}: {size:,} bytes")
    return int(max(sizes.values()) > LARGEST)


if __name__ == "__main__":
    sys.exit(main())
