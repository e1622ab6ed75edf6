"""The source of the documentation: the pages of ``docs/``, and those made from code and data.

Nothing that is made stands in the repository: ``python -m tools.handbook FOLDER`` lays everything
out in a folder of its own, from which Sphinx builds. A page that is made says what the code says of
itself (help, types, docstrings, closed words) or what the data holds; words of our own stand in
``docs/``.
"""
