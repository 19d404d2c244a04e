"""The program that draws a chart: started for one chart, so that its memory is given back when that is drawn.

It reads JSON, the folder of fonts and the specification, and writes the drawing as SVG. It stands alone: nothing of the
dashboard is imported, and it starts the sooner for it. It asks nobody for anything: no address is allowed.
"""

from __future__ import annotations

import json
import sys

import vl_convert


def main() -> None:
    """Draw what the line on standard input asks for."""
    asked = json.load(sys.stdin.buffer)
    vl_convert.register_font_directory(asked["fonts"])
    try:
        drawn = vl_convert.vegalite_to_svg(json.dumps(asked["spec"]), allowed_base_urls=[])
    except ValueError as error:
        sys.stderr.write(str(error))
        sys.exit(1)
    sys.stdout.buffer.write(drawn.encode("utf-8"))


if __name__ == "__main__":
    main()
