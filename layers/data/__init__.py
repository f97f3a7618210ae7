"""Read and check what was digitized: files, schemas, integrity, and the problems found."""
