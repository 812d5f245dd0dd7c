import torch
from torch import nn
from torch.nn import functional as F


class Convolution(nn.Module):
    """A convolution as a matrix product with unfolded windows."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs, 3, 3) * (2 / (9 * inputs)) ** 0.5)
        self.bias = nn.Parameter(torch.zeros(outputs))
        self.stride = stride

    def forward(self, x):
        rows, columns = ((size - 1) // self.stride + 1 for size in x.shape[2:])
        windows = F.unfold(x, 3, padding=1, stride=self.stride)
        y = self.weight.flatten(1) @ windows + self.bias[:, None]
        return y.reshape(len(x), -1, rows, columns)


class Classifier(nn.Module):
    def __init__(self, depth=2, width=16, batch_norm=False, dropout=0.0, pooling="max", output="none", side=32):
        super().__init__()
        assert side % 2**depth == 0
        self.convolutions = nn.ModuleList(
            Convolution(width if k else 3, width, 2 if pooling == "stride" else 1) for k in range(depth)
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for _ in range(depth if batch_norm else 0))
        self.pool = {"max": torch.amax, "average": torch.mean, "stride": None}[pooling]
        features = (width if depth else 3) * (side >> depth) ** 2
        self.weight = nn.Parameter(torch.randn(10, features) / features**0.5)
        self.bias = nn.Parameter(torch.zeros(10))
        self.p, self.activation = dropout, output

    def forward(self, images):
        x = images
        for k, convolution in enumerate(self.convolutions):
            x = convolution(x)
            if self.norms:
                x = self.norms[k](x)
            x = x.relu()
            if self.pool is not None:
                n, c, h, w = x.shape
                x = self.pool(x.view(n, c, h // 2, 2, w // 2, 2), dim=(3, 5))
        x = F.dropout(x.reshape(len(x), -1), self.p, self.training)
        scores = torch.einsum("nf,of->no", x, self.weight) + self.bias
        match self.activation:
            case "softmax":
                return torch.exp(scores - scores.logsumexp(1, keepdim=True))
            case "sigmoid":
                return torch.special.expit(scores)
        return scores
