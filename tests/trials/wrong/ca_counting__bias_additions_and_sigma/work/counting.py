F = dict(outputs="m", parameters="m * n", macs="m * n", operations="m * (2 * n + 1)")
_places = "(n + 2 * padding - kernel + 1)"
G = dict(
    outputs=f"maps * {_places}",
    parameters="maps * kernel",
    macs=f"maps * kernel * {_places}",
    operations=f"maps * {_places} * (2 * kernel - 1)",
)

def f_counts(n, m):
    return dict(F)

def g_counts(n, maps, kernel, padding):
    return dict(G)

def f_numbers():
    return {"outputs": 1000, "parameters": 100 * 1000, "macs": 100_000, "operations": "1000 * (100 + 99)"}

def g_numbers():
    # 100 + 2 - 3 + 1 = 100 places
    return {"outputs": "10 * 100", "parameters": 30, "macs": "10 * 100 * 3", "operations": "10 * 100 * (3 + 2)"}
