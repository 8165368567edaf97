"""How quick, light, near and Chinese the pages are, measured in Chromium."""
