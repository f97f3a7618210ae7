"""Other drawings of the same ground held against ours, and against the claims.

`drawings(atlas)` are those that are shipped; `read_drawing(name, content, atlas)` reads a file of somebody's
own; `compare(atlas, drawing)` gives the report. `matchable(atlas)` are the features that an area of a drawing
can be, with their titles; `shape_of(atlas, drawing, match)` is what a match takes of the drawing, and
`our_shape(atlas, feature)` the same of ours (Polygon or MultiPolygon, WGS 84 degrees).
"""
