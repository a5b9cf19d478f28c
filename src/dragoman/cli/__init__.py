"""Floor 4, the command line: arguments in, text out. A module a group of commands; `app` puts them together."""

from dragoman.cli.app import main

__all__ = ["main"]
