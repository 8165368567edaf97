"""Tables as files for people: CSV and xlsx with Chinese heads, and the data dictionary."""

from export.columns import COLUMNS, WORDS, dictionary, labelled
from export.files import to_csv, to_xlsx

__all__ = ["COLUMNS", "WORDS", "dictionary", "labelled", "to_csv", "to_xlsx"]
