"""A page for each feature, place, claim and passage: plain HTML that needs no script."""
