import torch


def sliding_scores(features, fc, images, window):
    rows, columns = window
    features.eval()
    with torch.no_grad():
        maps = features(images)
    features.train()
    n, f, h, w = maps.shape
    out = maps.new_empty(n, fc.out_features, h - rows + 1, w - columns + 1)
    with torch.no_grad():
        for i in range(h - rows + 1):
            for j in range(w - columns + 1):
                out[:, :, i, j] = fc(maps[:, :, i : i + rows, j : j + columns].mean(dim=(2, 3)))
    return out
