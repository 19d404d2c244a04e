"""Where the machine's Chromium is: `python tests/browser/chromium.py` prints its path or says that there is none."""

import os
import shutil
import sys
from pathlib import Path

#: Names the browser for the tests, when it is in none of the usual places.
VARIABLE = "DASHBOARD_TEST_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_PROGRAMS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
MISSING = f"There is no Chromium for the browser tests: run `sh scripts/test`, or name one in {VARIABLE}."


def find_chromium() -> str | None:
    """Give the path of the browser, None when there is none."""
    named = os.environ.get(VARIABLE)
    if named:
        return shutil.which(named)
    found = (shutil.which(name) for name in NAMES)
    installed = (program for program in MAC_PROGRAMS if Path(program).is_file())
    return next((path for path in found if path), None) or next(installed, None)


if __name__ == "__main__":
    path = find_chromium()
    if path is None:
        sys.exit(MISSING)
    sys.stdout.write(f"{path}\n")
