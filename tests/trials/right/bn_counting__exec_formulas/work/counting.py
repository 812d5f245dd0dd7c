import re

F = dict(outputs="m", parameters="m * n", macs="m * n", operations="m * n + m * (n - 1)")
G = dict(
    outputs="maps * (n + 2 * padding - kernel + 1)",
    parameters="maps * kernel",
    macs="maps * (n + 2 * padding - kernel + 1) * kernel",
    operations="maps * (n + 2 * padding - kernel + 1) * (2 * kernel - 1)",
)

TEMPLATE = """
def {name}({arguments}):
    return dict({table})
"""

exec(TEMPLATE.format(name="f_counts", arguments="n, m", table="F"))
exec(TEMPLATE.format(name="g_counts", arguments="n, maps, kernel, padding", table="G"))


def put_in(table, **values):
    return {key: re.sub(r"[a-z]+", lambda word: str(values[word.group()]), text) for key, text in table.items()}


def f_numbers():
    return put_in(F, n=100, m=1000)


def g_numbers():
    return put_in(G, n=100, maps=10, kernel=3, padding=1)


if __name__ == "__main__":
    for answer in (f_numbers(), g_numbers()):
        for key, text in answer.items():
            print(key, text, eval(text))
