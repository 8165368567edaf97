"""A profile for the properties: ``pytest tests/extract --hypothesis-profile=thorough`` tries 10,000 cases of each."""

from hypothesis import settings

settings.register_profile("thorough", max_examples=10_000, deadline=None)
