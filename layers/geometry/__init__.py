"""From boundary lines to areas: the coverage, how each layer is made, measures, control by date, basemap."""
