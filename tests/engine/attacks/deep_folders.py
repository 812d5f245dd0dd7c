"""Leave folders nested deeper than a recursive clean-up can go, and some that cannot be listed.

Ends as: failed
"""
import os


def attack(*args):
    os.mkdir("hidden", 0o300)
    with open("hidden/file", "w") as file:
        file.write("x")
    os.mkdir("hidden/more", 0)
    for _ in range(3000):
        os.mkdir("d")
        os.chdir("d")
    return 0.0
