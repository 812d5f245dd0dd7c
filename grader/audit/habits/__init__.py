"""The saboteurs of an audit, by the kind of mistake that each makes."""
