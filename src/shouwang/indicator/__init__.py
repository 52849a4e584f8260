"""Indicators (指标): numbers by division and period, evaluated on a snapshot and held against targets."""
