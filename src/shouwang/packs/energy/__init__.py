"""Energy metering, quotas and saving of a residential community (能源计量与节能): seed S6."""
