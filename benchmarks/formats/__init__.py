"""Files of every format from generated reports whose records are known: what the readers are measured on.

``python -m benchmarks.formats`` makes them and prints the share of records that is read back.
"""
