"""Reports of invented towns with planted contradictions, and others that only look like one.

``python -m benchmarks.planted`` writes them, reads them, checks them and prints found and false alarms by kind.
"""
