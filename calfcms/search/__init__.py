"""Finding live content by words: stems, names that people use, and misspellings."""
