"""The article: its quotes, events, place names and claims, bound to the map."""
