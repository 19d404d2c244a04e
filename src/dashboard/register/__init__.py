"""The city's own work: roadmap, projects, grants (the register)."""
