"""How gunicorn serves the portal; it reads this file by itself (`gunicorn wsgi:app`)."""

import ctypes
import gc

M_ARENA_MAX = -8  # mallopt(3)

# Loaded once, by one thread, before workers and their threads begin (decision 0014).
preload_app = True
workers = 2
threads = 4
control_socket_disable = True  # nothing here speaks to it


def when_ready(_server: object) -> None:
    """Say what is missing, once; then make ready to be copied, before there are workers.

    The collector of garbage marks what it looks at, and so would make each worker copy what it has
    in common with the others. And the C library would give each thread memory of its own, which the
    others cannot use while it is free.
    """
    from portal.app import look_for_fonts  # noqa: PLC0415 - settings come before the portal

    look_for_fonts()
    gc.collect()
    gc.freeze()
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        libc.mallopt(M_ARENA_MAX, 1)
