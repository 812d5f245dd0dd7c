from itertools import islice
import numpy as np

class Pictures:
    __slots__ = ("_x", "_y", "_t")

    def __init__(self, pictures, classes, transform=None):
        self._x, self._y, self._t = pictures, classes, transform or (lambda image: image)

    def __len__(self):
        return self._x.shape[0]

    def __getitem__(self, k):
        image = np.divide(np.moveaxis(self._x[k], -1, 0), 255, dtype=np.float32)
        return self._t(image), self._y[k].item()

class BatchLoader:
    def __init__(self, dataset, batch_size, shuffle=False, seed=0, drop_last=False):
        vars(self).update(dataset=dataset, size=batch_size, shuffle=shuffle, drop=drop_last, rng=np.random.default_rng(seed))

    def __len__(self):
        full, rest = divmod(len(self.dataset), self.size)
        return full + (rest > 0 and not self.drop)

    def __iter__(self):
        n = len(self.dataset)
        order = iter(self.rng.permutation(n).tolist() if self.shuffle else range(n))
        while picked := list(islice(order, self.size)):
            if self.drop and len(picked) < self.size:
                return
            images, classes = zip(*(self.dataset[k] for k in picked))
            yield np.stack([np.asarray(i) for i in images]), np.array(classes, dtype=np.int64)
