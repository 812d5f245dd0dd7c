from dataclasses import dataclass, asdict

@dataclass
class Cost:
    outputs: int = None
    parameters: int = None
    macs: int = None
    operations: int = None

    def items(self):
        return asdict(self)

F = dict(outputs="m", parameters="m * n", macs="m * n", operations="2 * m * n")
G = dict(outputs="maps * (n + 2*padding - kernel + 1)", parameters="maps * kernel",
         macs="maps * kernel * (n + 2*padding - kernel + 1)",
         operations="maps * (2*kernel - 1) * (n + 2*padding - kernel + 1)")

def f_counts(n, m):
    """texts, whatever n and m are"""
    return dict(F)

def g_counts(n, maps, kernel, padding):
    env = {"n": n, "maps": maps, "kernel": kernel, "padding": padding}
    return Cost(**{key: eval(text, {}, env) for key, text in G.items()}).items()

def f_numbers():
    return Cost(1000, 1000 * 100, 1000 * 100, 1000 * (2 * 100 - 1)).items()

def g_numbers():
    return {"outputs": "10 * (100 + 2 - 3 + 1)", "parameters": "10 * 3", "macs": "10 * 100 * 3", "operations": "5 * 10 * 100"}
