def g_counts(n, maps, kernel, padding):
    places = "(n + 2*p - k + 1)"
    return {
        "outputs": f"maps * {places}",
        "parameters": "maps * k",
        "macs": f"maps * k * {places}",
        "operations": f"maps * (2*k - 1) * {places}",
    }
