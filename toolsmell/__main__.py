"""`python -m toolsmell`."""

from toolsmell.cli import main

if __name__ == "__main__":
    main()
