import io, json, operator
from itertools import accumulate
import torch

KEYS = {"epoch", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy"}

def choose_run(log):
    rows = [json.loads(l) for l in log.strip().splitlines() if l.strip()]
    # NaN never wins
    value = lambda r: r["validation_accuracy"] if r["validation_accuracy"] == r["validation_accuracy"] else float("-inf")
    ranked = sorted(rows, key=value, reverse=True)  # stable: first of equals stays first
    best = ranked[0]
    return {k: best[k] for k in best.keys() - KEYS}, best["epoch"]

class BestCheckpoint:
    __slots__ = ("_blob", "_score")

    def __init__(self):
        self._blob, self._score = None, -float("inf")

    def update(self, model, validation_accuracy):
        if self._blob is not None and not validation_accuracy > self._score:
            return
        buffer = io.BytesIO()
        torch.save(dict(model.state_dict()), buffer)
        self._blob, self._score = buffer.getvalue(), validation_accuracy

    def restore(self, model):
        if self._blob is None:
            raise RuntimeError("nothing was kept")
        model.load_state_dict(torch.load(io.BytesIO(self._blob)))
        return self._score

@torch.inference_mode()
def final_test(model, state, images, submit):
    model.load_state_dict(state)
    model.eval()
    p = next(model.parameters(), torch.empty(0))
    out = [model(part.to(p.device)) for part in images.split(64)]
    classes = torch.cat(out).max(dim=1).indices
    return submit(classes.cpu())
