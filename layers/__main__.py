"""`python -m layers check` and `python -m layers export DIR`."""
