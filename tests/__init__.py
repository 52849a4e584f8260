"""The tests mirror ``src/shouwang``: ``tests/standards/test_money.py`` tests ``standards/money.py``."""
