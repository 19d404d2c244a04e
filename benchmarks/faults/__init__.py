"""Whether the register keeps what it has promised when something breaks; the machinery is that of the tests."""

import sys

from benchmarks.servers import PROJECT_FOLDER

sys.path.insert(0, str(PROJECT_FOLDER / "tests" / "register"))
