"""Backup of a running installation, and restore: the copy is verified before it takes its place."""
