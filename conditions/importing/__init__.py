"""Other people's pages made into drafts: from bytes to what a draft can say, and what it cannot.

Pure: `parsing` reads the bytes, `nodes` what they describe, `page` maps it, with a module for each
subject; `notes` gathers what a person must look at. docs/importing.md has the table.
"""
