"""What the reader sees: the page, the map document, and the addresses beside them."""
