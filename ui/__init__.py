"""What the pages share: navigation, selection in the URL, cached reads, figures, evidence, wording.

``ui.charts`` and the modules it builds on take tables and give figures; they know no Streamlit.
"""
