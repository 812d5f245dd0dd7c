# Fill in the bodies: each docstring says what is asked.
"""How large the result of a convolution or of a max pool is.

An image of J rows and K columns is stood over by a kernel or a window wherever it lies wholly inside; two
neighbouring places are `stride` rows or columns apart, and the first is in the upper left corner. The result has
one row for each row of places, and one column for each column of them. Rows or columns that are left over at the
end are not used.

Conventions of this module:

- Sizes are pairs (rows, columns) of whole numbers. `stride` is at least 1, `padding` at least 0, and what is moved
  over the image fits into it.
- Results may be int or float (5 and 5.0 are the same), in a tuple, a list or an array.
- Rows and columns may also be answered by two texts, the same whatever the arguments are: formulas in the capital
  letters and names of the docstring, such as ``("(J + padding) * M", "⌊K / 2⌋ - stride")``, with the signs
  ``+ - * / // ^ ( )`` and the functions floor, ceil, abs, min, max and mod.
"""


def convolution_size(
    image: tuple[int, int], kernel: tuple[int, int], stride: int, padding: int
) -> tuple[int, int] | tuple[str, str]:
    """Return the size (rows, columns) of the convolution of one J × K image with one M × N kernel.

    `image` is (J, K) and `kernel` is (M, N). Before, `padding` rows or columns of zeros are put on each of the
    four sides of the image.
    """
    raise NotImplementedError("sizes.convolution")


def pooling_size(image: tuple[int, int], window: int, stride: int) -> tuple[int, int] | tuple[str, str]:
    """Return the size (rows, columns) of the max pool of a J × K image with square windows.

    `image` is (J, K). A window has `window` rows and as many columns, and is not larger than the image. Windows
    overlap where `stride` is less than `window`, and leave gaps where it is more. There is no padding.
    """
    raise NotImplementedError("sizes.pooling")
