"""Dates: every time expression of an article, normalised against the day on which it was published."""

from dragoman.read.dates.stage import DATE

__all__ = ["DATE"]
