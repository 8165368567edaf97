"""How many cases the properties try: a few by default, 10,000 with ``--hypothesis-profile=thorough``."""

from hypothesis import settings

settings.register_profile("quick", max_examples=40, deadline=None)
settings.register_profile("thorough", max_examples=10_000, deadline=None)
if settings.get_current_profile_name() == "default":
    settings.load_profile("quick")
