"""The rules of the pack: money and decisions, petitions, risk points, approvals, leaders' relatives."""

from shouwang.packs.integrity.rules import approvals, funds, payments, petitions, points, programme, relatives

__all__ = ["approvals", "funds", "payments", "petitions", "points", "programme", "relatives"]
