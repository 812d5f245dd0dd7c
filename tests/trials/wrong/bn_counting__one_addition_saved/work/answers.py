def f_numbers():
    return {"outputs": 1000, "parameters": "100 * 1000", "macs": "100 * 1000", "operations": "1000 * (100 + 99)"}


def g_numbers():
    return {"outputs": "10 * 100", "parameters": "10 * 3", "macs": "10 * 100 * 3", "operations": "2 * (10 * 100 * 3) - 1"}
