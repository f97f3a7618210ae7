"""The files that the map is taken away in: one module a format, each from the atlas to bytes.

`writing` alone touches the disk, and all or nothing.
"""
