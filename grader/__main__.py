"""`python -m grader`: the command where no script was installed."""

from grader.cli.app import main

if __name__ == "__main__":
    main()
