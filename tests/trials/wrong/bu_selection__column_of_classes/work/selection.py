import copy
import io
import json
import torch

FIVE = ("epoch", "train_loss", "train_accuracy", "validation_loss", "validation_accuracy")


def choose_run(log):
    best_accuracy, answer = None, None
    for text in filter(None, log.split("\n")):
        row = json.loads(text)
        accuracy = row["validation_accuracy"]
        if best_accuracy is None or accuracy > best_accuracy or best_accuracy != best_accuracy:
            best_accuracy = accuracy
            epoch = row["epoch"]
            for key in FIVE:
                row.pop(key, None)
            answer = row, epoch
    return answer


class BestCheckpoint:
    def __init__(self):
        self._disk = None
        self._best = None

    def update(self, model, validation_accuracy):
        if self._best is not None and not validation_accuracy > self._best:
            return
        self._best = validation_accuracy
        self._disk = io.BytesIO()
        torch.save(model.state_dict(), self._disk)

    def restore(self, model):
        assert self._disk is not None, "nothing kept yet"
        self._disk.seek(0)
        model.load_state_dict(torch.load(self._disk))
        return self._best


@torch.no_grad()
def final_test(model, state, images, submit):
    tested = copy.deepcopy(model)
    tested.load_state_dict(state)
    tested.eval()
    return submit(tested(images).topk(1, dim=1).indices)
