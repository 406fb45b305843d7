"""Bundles: content as YAML files that people can read and reviewers can diff.

Pure: text in, values and line numbers out, and back. What a bundle means is its kind's affair.
"""
