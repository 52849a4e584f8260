"""The parts of :mod:`tests.restyle`: the sample taken apart, styles, words, cells and files."""
