import torch


def transfer(model, images, fooled, targets):
    modes = [(module, module.training) for module in model.modules()]
    model.eval()
    shares = []
    with torch.no_grad():
        for a, b, t in zip(images.split(32), fooled.split(32), targets.split(32)):
            before, after = model(a).argmax(dim=1), model(b).argmax(dim=1)
            rows = torch.stack([(after == t) & (before != t), after != before])
            shares.append(rows.double().mean(dim=1))
    for module, mode in modes:
        module.training = mode
    targeted, changed = torch.stack(shares).mean(dim=0).tolist()
    return targeted, changed
