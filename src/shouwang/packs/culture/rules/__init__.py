"""The rules of the pack: projects and their plans, money and openness, activities, carriers and people."""

from shouwang.packs.culture.rules import activities, carriers, plans, projects

__all__ = ["activities", "carriers", "plans", "projects"]
