"""How things look and read: symbology, fonts, interface strings."""
