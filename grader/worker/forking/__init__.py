"""The warm process that has imported what workers need, and the forks that become workers."""
