"""The rules of the pack: what a project is, plans, money and openness, activities, carriers and people."""

from shouwang.packs.culture.rules import activities, budgets, carriers, funds, nature, plans, projects

__all__ = ["activities", "budgets", "carriers", "funds", "nature", "plans", "projects"]
