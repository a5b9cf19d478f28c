"""Words marked in their context: in colour and underlined on a terminal, between ⟦ ⟧ where there is no style."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dragoman.cli.output import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.record import Article
    from dragoman.run.lookup import Excerpt

MARK = "bold underline"


def marked(pieces: Iterable[tuple[str, bool]], styled: bool) -> Text:
    """Return the pieces as one text, those marked True told apart with or without style."""
    text = Text()
    for piece, is_marked in pieces:
        words = visible(piece)
        if is_marked and styled:
            text.append(words, style=MARK)
        else:
            text.append(f"⟦{words}⟧" if is_marked else words)
    return text


def quoted(excerpt: Excerpt, styled: bool) -> Text:
    """Return an excerpt with its words marked."""
    return marked([(excerpt.before, False), (excerpt.words, True), (excerpt.after, False)], styled)


def article_label(article: Article) -> str:
    """Return an article in one line: publisher, date, title, source, as far as they are known."""
    day = article.published.isoformat() if article.published else "undated"
    parts = [part for part in (article.publisher, day, article.title) if part]
    return f"{', '.join(parts)} ({article.source})"
