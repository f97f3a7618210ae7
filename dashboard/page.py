"""Streamlit's page: the reader first, in a frame that is there before this runs; behind it the workbench."""

from dashboard.pages import language, show
from dashboard.workbench.pages import workbench_pages
from layers.language.speaking import speaking

with speaking(language()):
    show(*workbench_pages())
