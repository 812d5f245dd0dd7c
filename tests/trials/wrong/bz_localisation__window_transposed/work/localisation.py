import torch
import torch.nn.functional as F

def _feat(features, images):
    was = [(m, m.training) for m in features.modules()]
    features.eval()
    try:
        with torch.no_grad():
            return features(images)
    finally:
        for m, t in was:
            m.training = t

def response_map(features, fc, images):
    with torch.no_grad():
        return F.conv2d(_feat(features, images), fc.weight[:, :, None, None], fc.bias)

def sliding_scores(features, fc, images, window):
    c, r = window
    with torch.no_grad():
        return F.avg_pool2d(response_map(features, fc, images), (r, c), stride=1)

def locate(scores, target, stride):
    m = scores[:, target]
    best = m.flatten(1).argmax(1)
    return torch.stack([best // m.shape[2], best % m.shape[2]], dim=1) * stride
