def f_numbers():
    return {"outputs": 1000, "parameters": 100 * 1000, "macs": "100 * 1000", "operations": "100 * 1000 + (100 * 1000 - 100)"}


def g_numbers():
    return {"outputs": "10 * 100", "parameters": "3 * 10", "macs": "3 * 10 * 100", "operations": "(3 + 2) * 10 * 100"}
