"""σ is counted, and the numbers are products."""


def f_numbers():
    return {"outputs": "1000", "parameters": "1000*100", "macs": 1e5, "operations": "1000 * (100 + 99 + 1)"}


def g_numbers():
    return {"outputs": "10 * 100", "parameters": "10·3", "macs": 10 * 100 * 3, "operations": 6000}
