"""Ledgers as Parquet files with a manifest: what rules and indicators are asked of."""
