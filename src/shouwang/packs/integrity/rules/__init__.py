"""The rules of the pack: money and decisions, petitions, risk points and commitments, approvals."""

from shouwang.packs.integrity.rules import approvals, funds, petitions, points

__all__ = ["approvals", "funds", "petitions", "points"]
