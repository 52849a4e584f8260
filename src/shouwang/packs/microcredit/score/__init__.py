"""The credit score: attributes from ledgers, a frozen card that explains itself, and how well it still fits.

Only :mod:`~shouwang.packs.microcredit.score.training` needs optbinning (the extra ``score``); scoring by a
card does not. What a score may rest on, and why conduct and family never are, says
``docs/decisions/credit-score.md``.
"""
