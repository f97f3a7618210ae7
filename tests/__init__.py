"""A package, so that `tests` is this folder: pygeoapi installs one of the same name beside its own."""
