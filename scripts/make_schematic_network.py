"""Makes the schematic walk network of a municipality: python scripts/make_schematic_network.py 1488."""

import datetime as dt
import sys

from dashboard.settings import read_settings
from dashboard.sources.schematic_network import make_schematic_network

if __name__ == "__main__":
    municipality = sys.argv[1] if len(sys.argv) > 1 else "1488"
    made = dt.datetime.now(tz=dt.UTC).date().isoformat()
    network = make_schematic_network(read_settings().data_folder, municipality, made)
    print(f"{municipality}: {network.x.size} nodes, {network.a.size} edges, {network.length.sum() / 1000:.1f} km")
