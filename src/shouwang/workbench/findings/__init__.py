"""Pages of findings: work-list, list, one finding with its steps, reports from the field, scans, notices."""
