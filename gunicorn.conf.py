"""How gunicorn serves the portal; it reads this file by itself (`gunicorn wsgi:app`)."""

# Loaded once, by one thread, before workers and their threads begin (decision 0014).
preload_app = True
workers = 2
threads = 4
limit_request_line = 8190  # the most it takes; with less, filters in some scripts got a bare 414
control_socket_disable = True  # nothing here speaks to it


def when_ready(_server: object) -> None:
    """Say what is missing, once, and make ready to be copied, before there are workers."""
    from portal.app import look_for_fonts, make_ready_to_fork  # noqa: PLC0415 - settings come first

    look_for_fonts()
    make_ready_to_fork()
