"""Who may do what, where (权限): roles, posts, appointments, scope. Deny by default.

What other rooms use::

    from shouwang.access.rights import requires
    from shouwang.access.scope import scope_of

    @requires("finding.verify")
    def verify(request, number):
        scope = scope_of(request.user, "finding.verify", "assistance.paid-after-death")
        finding = get_object_or_404(scope.filter(Finding.objects), pk=number)
"""
