"""Entrusted accounting for villages and communities (村级(社区)会计委托服务): seed S9."""
