from torch import nn, Tensor
import torch.nn.functional as F


class ShallowNet(nn.Module):
    def __init__(self, inputs: int = 3072, hidden: int = 64, classes: int = 10) -> None:
        super().__init__()
        self.hidden = nn.Linear(inputs, hidden)
        self.scores = nn.Linear(hidden, classes)

    def forward(self, x: Tensor) -> Tensor:
        pixels = x.permute(0, 2, 3, 1)
        return self.scores(F.relu(self.hidden(pixels.reshape(pixels.size(0), -1))))
