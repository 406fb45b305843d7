"""Findings in, urgency out: the triage core, pure Python that knows no database, no clock and no
web.
"""
