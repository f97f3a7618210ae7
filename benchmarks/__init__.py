"""Speed, measured on the real thing; run by hand, never by the tests."""
