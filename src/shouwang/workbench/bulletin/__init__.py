"""The monthly bulletin (简报): its facts, its template that the office edits in Word or WPS, and its pages.

- :mod:`facts` gathers the figures of a month and a division;
- :mod:`builtin` writes the template that is there at first;
- :mod:`rendering` fills a template, in a sandbox, and checks one before it is accepted.
"""
