"""Serves one Streamlit script as the dashboard is served: `python serve_page.py SCRIPT PORT`, static/ beside it."""

import os
import sys
from pathlib import Path

import uvicorn

from dashboard.server import _middleware
from dashboard.settings import PROJECT_FOLDER, Settings

if __name__ == "__main__":
    script, port = Path(sys.argv[1]), int(sys.argv[2])
    os.chdir(PROJECT_FOLDER)
    import streamlit as st

    app = st.App(script, middleware=_middleware(Settings()))
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", access_log=False)
