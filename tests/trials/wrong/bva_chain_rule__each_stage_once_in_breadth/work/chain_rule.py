import numpy as np


def chain_rule(decomposition, local_derivatives):
    shape = next(np.shape(d) for entry in local_derivatives for d in entry)
    bars = {name: np.zeros(shape) for name, _, _ in decomposition}
    bars["z"] = np.zeros(shape)
    bars[decomposition[-1][0]] = np.ones(shape)
    stages = {name: (operands, local) for (name, _, operands), local in zip(decomposition, local_derivatives)}
    queue = [decomposition[-1][0]]
    seen = set(queue)
    for name in queue:  # grows while it is gone through
        if name == "z":
            continue
        operands, local = stages[name]
        names = [operand for operand in operands if isinstance(operand, str)]
        for operand, derivative in zip(names, local):
            bars[operand] = bars[operand] + bars[name] * derivative
            if operand not in seen:
                seen.add(operand)
                queue.append(operand)
    return bars["z"]
