def to_model(model, *tensors):
    for parameter in model.parameters():
        return tuple(t.to(parameter.device) for t in tensors)
    return tensors
