import torch


def locate(scores, target, stride):
    result = torch.zeros(scores.shape[0], 2, dtype=torch.long)
    for n in range(scores.shape[0]):
        best = 0.0
        for i in range(scores.shape[2]):
            for j in range(scores.shape[3]):
                if scores[n, target, i, j] > best:
                    best = scores[n, target, i, j].item()
                    result[n, 0], result[n, 1] = i * stride, j * stride
    return result
