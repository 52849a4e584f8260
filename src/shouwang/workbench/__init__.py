"""The workbench: the pages in the browser.

A page belongs to an area, a package below this one: ``people/``, ``ledgers/``, ``findings/``, ``figures/`` …
An area has a ``urls.py`` with ``urlpatterns`` (no ``app_name``: all routes are named ``workbench:…``) and,
for what stands in the navigation, ``NAV``::

    from shouwang.workbench.navigation import Item

    NAV = [Item("ledger-list", N_("台账"), "books", right="ledger.view", group="ledgers")]

Pages extend ``workbench/base.html``; its head comment names the blocks and the classes there are. Pages
without navigation (sign-in, errors) extend ``workbench/plain.html``.
"""
