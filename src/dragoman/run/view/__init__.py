"""What a person looks at: the values behind a page or a printed answer, each from one call."""
