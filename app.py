"""The entry: `python app.py`, `streamlit run app.py`, or any ASGI server with `app:app`."""

import streamlit as st

from dashboard.serve import PARTS, serve

app = st.App(**PARTS)

if __name__ == "__main__":
    serve(app)
