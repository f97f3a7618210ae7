"""`python -m benchmarks.soak`: load and faults against real servers, held against limits.json."""
