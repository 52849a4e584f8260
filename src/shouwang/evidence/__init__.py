"""Evidence (附件、佐证): photographs and papers, kept by the hash of their content.

::

    from shouwang.evidence import store

    files = [store.keep(upload) for upload in request.FILES.getlist("files")]     # checked, on disk
    with trail.change("finding.submit"):
        for file in files:
            store.attach(file, "risk.finding", finding.pk, by=user, division_code=finding.division_code)
    store.of("risk.finding", finding.pk)

Whoever keeps records says who may see what is attached to them: :func:`shouwang.evidence.targets.register`.
"""
