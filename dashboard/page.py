"""Streamlit's page: the reader first, in a frame that is there before this runs; behind it the workbench."""

from dashboard.pages import show
from dashboard.workbench.pages import workbench_pages

show(*workbench_pages())
