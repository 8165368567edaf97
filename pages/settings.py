"""设置: bands and pace, targets, which way is better, aliases, towns — each change logged and to be undone."""

from ui import navigation, settings_names, settings_parts, settings_targets

navigation.in_frame()
PARTS = {
    "rules": settings_parts.rules,
    "targets": settings_targets.show,
    "directions": settings_names.directions,
    "aliases": settings_names.alias_list,
    "towns": settings_names.towns,
    "log": settings_parts.log,
}
PARTS[settings_parts.head()]()
