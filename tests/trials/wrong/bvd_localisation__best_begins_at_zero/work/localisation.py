import torch
import torch.nn.functional as F


def _maps(features, images):
    modes = [(m, m.training) for m in features.modules()]
    features.eval()
    with torch.no_grad():
        maps = features(images)
    for m, mode in modes:
        m.training = mode
    return maps


@torch.no_grad()
def response_map(features, fc, images):
    return fc(_maps(features, images).permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


@torch.no_grad()
def sliding_scores(features, fc, images, window):
    pooled = F.avg_pool2d(_maps(features, images), tuple(window), stride=1)
    return fc(pooled.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


def locate(scores, target, stride):
    places = []
    for image in scores[:, target].tolist():
        best, where = 0.0, (0, 0)
        for i, row in enumerate(image):
            for j, score in enumerate(row):
                if score > best:
                    best, where = score, (i * stride, j * stride)
        places.append(where)
    return torch.tensor(places)
