from tests.attacks.test_b_leaks import canaries, addresses, told  # noqa
def test_x(app, world, canaries, visit):
    if world.engine.dialect.name != "sqlite": return
    v = visit("mediator@peace"); seen=set()
    for a in addresses(app, canaries):
        if a.startswith("/search"): 
            told(v, a)
            seen.add(a)
        elif a.count("/")<3:
            try: told(v, a)
            except UnicodeDecodeError: print("BAD", a)
    print(len(seen))
