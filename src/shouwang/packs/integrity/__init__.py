"""Integrity risk prevention (廉政风险防范管理): seed S3."""
