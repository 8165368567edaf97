"""``streamlit run serve.py``: the app with its files compressed, and loaded before anybody asks for a page."""

import streamlit as st
from starlette.middleware import Middleware

from ui import serving

app = st.App("dashboard.py", lifespan=serving.loaded, middleware=[Middleware(serving.Compressed)])
