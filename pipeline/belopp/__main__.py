"""``python -m belopp``: the same as the command ``belopp``."""

from belopp.cli import main

if __name__ == "__main__":
    main()
