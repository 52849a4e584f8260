"""Programs for those who work on Shouwang; the Makefile calls them."""
