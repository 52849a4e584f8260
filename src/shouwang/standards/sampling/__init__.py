"""Audit sampling (审计抽样): how many, which ones, and what the sample says about the whole.

Pure functions that accounting and insurance share:

- ``attributes``: sample sizes for a rate of deviations, and the upper limit of the rate found;
- ``monetary``: monetary-unit sampling, its size, its interval and the selection;
- ``bounds``: what a monetary-unit sample says of the total misstatement (Stringer, Poisson, cell);
- ``draw``: simple and stratified random draws from a recorded seed that anybody can redo by hand;
- ``digits``, ``patterns``: Benford's law, repeated and round amounts.

Rates, risks and amounts are exact (``Decimal``, ``Fraction``, whole numbers or text such as ``"5%"``, never
a float), because 400 × 3.5 % is 14 and not a little more: in floating point the sample moves to 423.

Sources: AICPA Audit Guide *Audit Sampling* (appendices A and C); T. R. Stewart, *Technical Notes on the AICPA
Audit Guide Audit Sampling* (2012); D. A. Leslie, A. D. Teitlebaum, R. J. Anderson, *Dollar-unit Sampling*
(1979); M. J. Nigrini, *Benford's Law* (2012); 《中国注册会计师审计准则第1314号——审计抽样》.
"""
