"""What crosses between a worker and the trusted side: inert values in bounded frames, and nothing that could run.

Both ends import this room, and it imports nothing of theirs. Its limits may be lowered, never lifted.
"""
