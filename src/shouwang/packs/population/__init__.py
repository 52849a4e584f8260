"""S1: floating-population screening, police-grid joint prevention, area information."""
