from .maps import response_map, sliding_scores
__all__ = ["response_map", "sliding_scores"]
