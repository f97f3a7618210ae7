"""The language of the interface: which is spoken, its catalogues, and how it writes dates and numbers.

It is not the form of names (`lang`), which a reader chooses for itself.
"""
