"""The frame of the app: page settings, navigation, the sample banner, the page itself, the open sentence."""

from pathlib import Path

import streamlit as st

from ui import evidence, frame, navigation, streamlit_words

ICON = Path(__file__).parent / "ui" / "icon.svg"

st.set_page_config(page_title="乡镇目标进度看板", page_icon=str(ICON), layout="wide")
page = st.navigation(navigation.pages(), position="hidden")
frame.style()
streamlit_words.speak_chinese()
navigation.bar()
frame.banner()
with navigation.framed():
    page.run()
evidence.open_asked()
