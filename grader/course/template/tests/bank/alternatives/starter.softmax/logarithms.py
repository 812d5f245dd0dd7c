"""Row by row in plain Python, by way of the logarithm of the sum."""

import math


def softmax(scores):
    return [row_softmax(row) for row in scores]


def row_softmax(row):
    largest = max(row)
    log_sum = largest + math.log(sum(math.exp(score - largest) for score in row))
    return [math.exp(score - log_sum) for score in row]
