"""How a check calls student code: the fixture `submission`, its calls, and what ends a check."""
