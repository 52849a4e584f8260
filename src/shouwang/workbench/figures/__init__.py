"""Pictures: dashboard, map, indicators, bulletin. Each picture has the table behind it."""
