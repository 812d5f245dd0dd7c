from velocities import Velocities


def momentum_epoch(parameters, memory, gradient, batches, learning_rate, alpha):
    velocities = Velocities(parameters) if memory is None else memory
    for batch in batches:
        velocities.push(gradient(parameters, *batch), alpha, learning_rate)
        parameters = velocities.move(parameters)
    return [parameters, velocities][0], velocities
