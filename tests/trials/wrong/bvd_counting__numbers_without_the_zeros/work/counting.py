def f_numbers():
    return {"outputs": 1000, "parameters": "100 * 1000", "macs": "100 * 1000", "operations": "1000 * (100 + 99)"}


def g_numbers():
    places = 100 - 3 + 1
    return {
        "outputs": 10 * places,
        "parameters": 10 * 3,
        "macs": 10 * places * 3,
        "operations": 10 * places * (3 + 2),
    }
