"""What the server does without, so that fifty visitors fit into its memory."""

import subprocess
import sys

HEAVY = (
    *("pandas", "pyarrow", "geopandas", "pyogrio", "osmium", "igraph", "scipy.stats", "matplotlib", "jsonschema"),
    "xlsxwriter",
)
LOAD = """
import importlib, pkgutil, sys
import dashboard.server, dashboard.views
for module in pkgutil.walk_packages(dashboard.views.__path__, "dashboard.views."):
    importlib.import_module(module.name)
print(*(name for name in sys.argv[1:] if name in sys.modules))
"""


def test_views_do_not_load_what_only_the_build_needs():
    found = subprocess.run([sys.executable, "-c", LOAD, *HEAVY], capture_output=True, text=True, check=True)
    assert found.stdout.split() == []
