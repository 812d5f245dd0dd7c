"""An assignment as YAML: the model, its rules, reading it with line numbers, and its JSON Schema."""
