import torch
import torch.nn.functional as F
from matplotlib.figure import Figure

def enlarge(maps, size):
    if tuple(maps.shape[1:]) == tuple(size):
        return maps.clone()
    return F.interpolate(maps[:, None], size=size, mode='bilinear', align_corners=False)[:, 0]

def normalise(maps):
    flat = maps.reshape(len(maps), -1)
    low = flat.min(1, keepdim=True).values
    high = flat.max(1, keepdim=True).values
    span = torch.where(high > low, high - low, torch.ones_like(high))
    return ((flat - low) / span).reshape(maps.shape)

def draw_saliency(images, names, vanilla, guided, cam, guided_cam):
    n, _, h, w = images.shape
    fig = Figure(figsize=(12, 2.6 * n))
    axes = fig.subplots(n, 5, squeeze=False)
    big = normalise(enlarge(cam, (h, w)))
    def grey(m):
        return normalise(m.abs().amax(1))
    shown = [grey(vanilla), grey(guided), big, grey(guided_cam)]
    for r in range(n):
        axes[r, 0].imshow(images[r].permute(2, 1, 0).detach().cpu().numpy())
        axes[r, 0].set_title(names[r])
        for c, (m, t) in enumerate(zip(shown, ('vanilla', 'guided backprop', 'CAM', 'guided Grad-CAM')), 1):
            axes[r, c].imshow(m[r].detach().cpu().numpy(), cmap='jet' if c == 3 else 'gray', vmin=0, vmax=1)
            axes[r, c].set_title(t)
        for a in axes[r]:
            a.axis('off')
    return fig
