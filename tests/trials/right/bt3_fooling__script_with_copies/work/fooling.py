import copy
import torch


def fooling_image(model, image, target, step=1.0, limit=100):
    net = copy.deepcopy(model)
    net.eval()
    for p in net.parameters():
        p.requires_grad = False
    x = image.clone().detach()
    for i in range(limit):
        x.requires_grad = True
        x.grad = None
        scores = net(x)
        if torch.argmax(scores[0]) == target:
            print("fooled after", i, "steps")
            break
        scores[0][target].backward()
        g = x.grad
        length = (g ** 2).sum() ** 0.5
        x = x.detach() + step * (g / length)
    return x.detach()


def transfer(model, images, fooled, targets):
    net = copy.deepcopy(model).eval()
    n = images.shape[0]
    targeted = changed = 0
    with torch.no_grad():
        for i in range(n):
            a = int(net(images[i : i + 1]).argmax())
            b = int(net(fooled[i : i + 1]).argmax())
            t = int(targets[i])
            if b == t and a != t:
                targeted += 1
            if a != b:
                changed += 1
    return targeted / n, changed / n
