"""All layers; each is a class of the package `nnet`, and the functions are its methods."""
from nnet import Convolution, Flatten, Linear, MaxPool, Rectifier, SoftmaxLoss

conv_forward, conv_backward = Convolution.forward, Convolution.backward
pool_forward, pool_backward = MaxPool.forward, MaxPool.backward
relu_forward, relu_backward = Rectifier.forward, Rectifier.backward
flatten_forward, flatten_backward = Flatten.forward, Flatten.backward
linear_forward, linear_backward = Linear.forward, Linear.backward
softmax = SoftmaxLoss.probabilities
softmax_cross_entropy = SoftmaxLoss.forward
softmax_cross_entropy_gradient = SoftmaxLoss.backward
