import torch


def locate(scores, target, stride):
    places = []
    for image in scores[:, target]:
        best, place = 0.0, (0, 0)
        for i in range(image.shape[0]):
            for j in range(image.shape[1]):
                if image[i, j].item() > best:
                    best, place = image[i, j].item(), (i * stride, j * stride)
        places.append(place)
    return torch.tensor(places)
