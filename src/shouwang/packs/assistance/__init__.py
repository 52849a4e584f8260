"""Minimum living allowance (城市居民最低生活保障, dibao) with social work: seeds S2."""
