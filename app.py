"""The entry: `python app.py`, `streamlit run app.py`, or any ASGI server with `app:app`."""

from dashboard.served import served

if __name__ == "__main__":
    served()  # begins to build what is served while Streamlit is being loaded, which takes a second

import streamlit as st

from dashboard.serve import PARTS, serve

app = st.App(**PARTS)

if __name__ == "__main__":
    serve(app)
