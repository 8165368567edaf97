"""说明: every formula and limit, the thresholds in force, what the reading covered, the log of changes, the version."""

from ui import guide_parts, navigation

navigation.in_frame()
guide_parts.head()
guide_parts.formulas()
guide_parts.states()
guide_parts.checks()
guide_parts.back_test()
guide_parts.coverage()
guide_parts.limits()
guide_parts.changes()
guide_parts.version()
