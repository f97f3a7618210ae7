"""The workbench: the pages behind the reader, for what needs Python. A page is a module with a function `page`."""

ADDRESSES: tuple[str, ...] = ()  # in the order of the header; the module of `a-page` is `a_page`
