"""The commands, one module a subject. Each imports what it needs when it runs.

``ontherecord ask`` has a second and a half in all, so a module here imports nothing heavy itself.
"""
