"""Rules, their parameters, the engine that asks them, and the findings they give."""
