"""Leave folders nested deeper than a recursive clean-up can go, and some that cannot be listed.

Ends as: failed raised crashed
"""

import os


def attack(*args, **kwargs):
    os.mkdir("hidden", 0o300)
    with open("hidden/file", "w") as file:
        file.write("x")
    os.mkdir("hidden/more", 0)
    for _ in range(1_100):
        os.mkdir("d")
        os.chdir("d")
    return 0.0


bowl = Momentum = attack
