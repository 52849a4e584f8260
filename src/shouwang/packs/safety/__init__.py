"""Safety community: hazards, inspections, drills, injuries, promotion projects (安全社区): seed S7."""
