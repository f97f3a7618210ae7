"""Where the site is found, for the texts and pictures that say it in full."""

from urllib.parse import urljoin

import streamlit as st

from dashboard.settings import settings


def site_address() -> str:
    """Return the folder of the site: its own address if that is set, else where this reader has found it."""
    return settings().address or urljoin(st.context.url or "", "./")
