"""One module a migration, named ``r`` and its revision id: ``r0001_the_record.py``."""
