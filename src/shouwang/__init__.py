"""Shouwang (守望): the open-source risk workbench for community offices."""

__version__ = "0.1.0"
