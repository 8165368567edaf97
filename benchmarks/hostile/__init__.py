"""Files that are broken or mean harm, and what the readers make of each: ``python -m benchmarks.hostile``."""
