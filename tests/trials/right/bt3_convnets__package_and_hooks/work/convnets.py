from nets import *  # noqa: F403

if __name__ == "__main__":
    print(ConvNet().count())  # noqa: F405
