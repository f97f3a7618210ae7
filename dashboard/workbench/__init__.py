"""The workbench: pages behind the reader, for what needs Python; each a module with a function `page`."""

# In the order of the header; the module of `a-page` is `a_page`.
ADDRESSES: tuple[str, ...] = ("test-the-claims", "compare-drawings", "make-a-picture", "tables")

FILES_AT = "compare-drawings"  # the one page that takes a file
