"""Streamlit's page: the reader comes first, in a frame that is in the page before this runs."""

from dashboard.pages import show

show()
