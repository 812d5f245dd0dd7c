# Fill in the bodies: each docstring says what is asked.
"""What a dense and a convolutional layer cost: outputs, parameters, operations, for one signal x of n numbers.

The dense layer is f(x) = σ(W x) with an m × n matrix W.

The convolutional layer is g(x) = σ([z_1, z_2, …]) with `maps` feature maps z_j = x * w_j. Each w_j is a kernel of
`kernel` numbers, and x is padded with `padding` zeros at each end. The kernel moves by one entry at a time; z_j
has an entry for each place at which all of the kernel lies on the padded signal.

Neither layer has a bias. Counts of a layer are a dict with four entries:

- ``"outputs"``: the dimension of the output space.
- ``"parameters"``: how many numbers of the layer are trained.
- ``"macs"``: the multiply-accumulates of a forward pass. Each product that goes into a sum is one, a product with
  a zero of the padding too. σ is none.
- ``"operations"``: the multiplications and additions of a forward pass, one each: r products and their sum are
  r multiplications and r − 1 additions. σ may be counted, as one operation for each output, or left out.

A count is a whole number. It may also be a text, whatever the function is given: a formula such as
``"(n + 1) * maps^2 // 2"`` in the names of the function's arguments, with the signs ``+ - * / // ^ ( )`` and the
functions floor, ceil, abs, sqrt, min, max and mod. A count that you do not have yet may be None.
"""

Counts = dict[str, int | str | None]


def f_counts(n: int, m: int) -> Counts:
    """Return the counts of f for signals of `n` numbers and a matrix of `m` rows; n and m are at least 1."""
    raise NotImplementedError("counting.dense")


def g_counts(n: int, maps: int, kernel: int, padding: int) -> Counts:
    """Return the counts of g for signals of `n` numbers.

    There are `maps` >= 1 feature maps, kernels of `kernel` numbers, 1 <= kernel <= n, and `padding` >= 0 zeros at
    each end.
    """
    raise NotImplementedError("counting.convolution")


def f_numbers() -> Counts:
    """Return the counts of f for n = 100 and m = 1000; a formula has numbers only, such as ``"3 * 1000"``."""
    raise NotImplementedError("counting.numbers")


def g_numbers() -> Counts:
    """Return the counts of g for n = 100, 10 feature maps, kernels of size 3 and a zero at each end.

    A formula has numbers only, such as ``"3 * 1000"``.
    """
    raise NotImplementedError("counting.numbers")
