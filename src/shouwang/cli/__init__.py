"""The commands: one file each, loaded only when called. ``main.py`` holds the group."""
