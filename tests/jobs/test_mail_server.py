"""The address of the mail server is decoded and checked; TLS is checked; no password without it."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config import Unsafe, settings_from
from portal.emails import MailSettings, trial
from portal.smtp import (
    MailServer,
    Patience,
    ServerFault,
    SmtpTransport,
    Undeliverable,
    connection,
    mail_server,
)
from portal.smtp.deadlines import Limit, TimedSocket, connect, verifying
from tests.jobs.peer import GOOD, Peer, at, peer

PAPER = MailSettings("https://portal.example", "Good Offices <portal@portal.example>")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LONG = Patience(60, 60, 60)
SECRET = "p/?#@:%ä w"
ENCODED = "p%2F%3F%23%40%3A%25%C3%A4%20w"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.example", MailServer("mail.example", 25)),
        ("smtp://mail.example:587/", MailServer("mail.example", 587)),
        ("SMTP://Mail.Example:587", MailServer("mail.example", 587)),
        ("smtps://mail.example:465", MailServer("mail.example", 465, tls=True)),
        ("smtp://[::1]:2525", MailServer("::1", 2525)),
        (
            f"smtp://post%40portal.example:{ENCODED}@mail.example:587",
            MailServer("mail.example", 587, user="post@portal.example", password=SECRET),
        ),
        ("smtp://relay:25?tls=off", MailServer("relay", 25, plain=True)),
        (
            "smtp://u:w@127.0.0.1:25?tls=off",
            MailServer("127.0.0.1", 25, plain=True, user="u", password="w"),
        ),
    ],
)
def test_an_address_is_decoded(url: str, server: MailServer) -> None:
    assert mail_server(url) == server


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("mail.example:587", "must begin with smtp://"),
        ("mail.example", "must begin with smtp://"),
        ("//mail.example:587", "must begin with smtp://"),
        ("smtp:mail.example:587", "must begin with smtp://"),
        ("http://mail.example:587", "must begin with smtp://"),
        ("smtp+tls://mail.example", "must begin with smtp://"),
        ("smtps://mail.example", "must name a port"),
        ("smtp://mail.example:0", "must name a port"),
        ("smtp://mail.example:x", "no host and port"),
        ("smtp://mail.example:70000", "no host and port"),
        ("smtp://:587", "must name the host"),
        ("smtp://", "must name the host"),
        ("smtp://-bad-:25", "must name the host"),
        ("smtp://[::1:25", "no host and port"),
        ("smtp://user:hidden@mail.example:587/x", "more than host and port"),
        ("smtp://user:hid/den@mail.example:587", "no host and port"),
        ("smtp://user:hid#den@mail.example:587", "no host and port"),
        ("smtp://user:hid@den@mail.example:587", "more than host and port"),
        ("smtp://user:hidden%@mail.example:587", "write it as %25"),
        ("smtp://user:hidden%zz@mail.example:587", "write it as %25"),
        ("smtp://user:hidden%ff@mail.example:587", "not UTF-8"),
        ("smtp://user@mail.example:587", "both user and password"),
        ("smtp://:hidden@mail.example:587", "both user and password"),
        ("smtp://user:hid den@mail.example:587", "blank"),
        ("smtp://mail.example:587\n", "blank"),
        ("smtp://u:hidden@mail.example:587?tls=off", "on this machine"),
        ("smtps://u:hidden@127.0.0.1:465?tls=off", "only with smtp://"),
        ("smtp://mail.example:587?tls=no", "option"),
    ],
)
def test_an_address_that_cannot_be_used_stops_the_start(
    url: str, says: str, tmp_path: Path
) -> None:
    environ = {"PORTAL_ENV": "demo", "PORTAL_DATA_DIR": str(tmp_path), "PORTAL_SMTP_URL": url}
    with pytest.raises(Unsafe) as refused:
        settings_from(environ)
    assert str(refused.value).startswith("PORTAL_SMTP_URL ")
    assert says in str(refused.value)
    assert "hid" not in str(refused.value)
    assert "hid" not in repr(refused.value.__cause__)


def test_settings_show_no_password(tmp_path: Path) -> None:
    url = f"smtp://user:{ENCODED}@mail.example:587"
    environ = {"PORTAL_ENV": "demo", "PORTAL_DATA_DIR": str(tmp_path), "PORTAL_SMTP_URL": url}
    settings = settings_from(environ)
    for shown in (settings, mail_server(settings.smtp_url), SmtpTransport(settings.smtp_url)):
        assert ENCODED not in repr(shown)
        assert SECRET not in repr(shown)


class Authority:
    """A certificate for loopback, signed by itself, and contexts of both sides."""

    def __init__(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
        today = datetime.now(UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(1)
            .not_valid_before(today - timedelta(days=1))
            .not_valid_after(today + timedelta(days=1))
            .add_extension(
                x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False
            )
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
            .sign(key, hashes.SHA256())
        )
        self.file = folder / "peer.pem"
        self.file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            + made.public_bytes(serialization.Encoding.PEM)
        )
        self.server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.server.load_cert_chain(self.file)

    def trusted(self) -> ssl.SSLContext:
        context = verifying()
        context.load_verify_locations(self.file)
        return context


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


@pytest.fixture
def offering(authority: Authority) -> Iterator[Peer]:
    """A server that offers STARTTLS."""

    def wrap(sock: socket.socket) -> ssl.SSLSocket:
        return authority.server.wrap_socket(sock, server_side=True)

    with peer(at("ehlo", GOOD["ehlo"].replace(" SMTP", "-STARTTLS\r\n250 SMTP")), wrap=wrap) as it:
        yield it


def with_word(server: Peer) -> str:
    return server.url.replace("//", f"//user:{ENCODED}@")


def send(url: str, context: ssl.SSLContext | None = None) -> None:
    transport = SmtpTransport(url, LONG, context or verifying())
    transport.send(trial(PAPER, "somebody@elsewhere.example", NOW))


def test_a_password_goes_under_tls_alone(offering: Peer, authority: Authority) -> None:
    send(with_word(offering), authority.trusted())
    assert len(offering.taken) == 1
    stages = [stage for stage, _said in offering.seen]
    assert stages.index("starttls") < stages.index("auth")


def test_a_certificate_of_a_stranger_ends_the_session(offering: Peer) -> None:
    with pytest.raises(ServerFault, match="certificate") as refused:
        send(with_word(offering))
    assert refused.value.stage == "starttls"
    assert offering.stages("auth") == []
    assert offering.taken == []


def test_a_certificate_of_another_host_ends_the_session(
    offering: Peer, authority: Authority
) -> None:
    with pytest.raises(ServerFault, match="certificate"):
        send(with_word(offering).replace("127.0.0.1", "localhost"), authority.trusted())


def test_no_password_is_sent_where_no_tls_is_offered() -> None:
    with peer() as plain:
        with pytest.raises(ServerFault, match="password is not sent") as refused:
            send(with_word(plain))
        assert refused.value.stage == "starttls"
        assert plain.stages("auth") == []
        send(with_word(plain) + "?tls=off")
        assert len(plain.taken) == 1
        send(plain.url)
        assert len(plain.taken) == 2


def test_b5_to_another_host_nothing_goes_without_tls(
    offering: Peer, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    def here(_host: str, port: int, limit: Limit) -> TimedSocket:
        return connect("127.0.0.1", port, limit)

    monkeypatch.setattr(connection, "connect", here)
    with peer() as bare:
        url = f"smtp://relay.example:{bare.port}"
        with pytest.raises(ServerFault, match="no TLS, so nothing is sent") as refused:
            send(url)
        assert refused.value.stage == "starttls"
        assert bare.stages("mail") == []
        send(f"{url}?tls=off")
        assert len(bare.taken) == 1
    # Where TLS is offered it is used, and the certificate has to be that of the host.
    with pytest.raises(ServerFault, match="certificate"):
        send(f"smtp://relay.example:{offering.port}", authority.trusted())
    assert offering.taken == []
    said = {
        "smtp://relay:25": "encrypted",
        "smtps://relay:465": "encrypted",
        "smtps://127.0.0.1:465": "encrypted",
        "smtp://relay:25?tls=off": "not encrypted",
        "smtp://192.0.2.7:25?tls=off": "not encrypted",
        "smtp://[::1]:25": "on this machine",
        "smtp://127.0.0.1:25?tls=off": "on this machine",
        "smtp://u:w@relay:587": "encrypted",
    }
    assert {url: mail_server(url).privacy for url in said} == said


@pytest.mark.parametrize("answer", ["454 not now", "220 go on", "(silent)", "(drip)", "(close)"])
def test_a_server_that_offers_tls_and_does_not_keep_it_gets_nothing(answer: str) -> None:
    offer = GOOD["ehlo"].replace(" SMTP", "-STARTTLS\r\n250 SMTP")
    said = {"ehlo": offer, "starttls": answer}
    with peer(lambda stage, _said: said.get(stage)) as liar:
        endless = answer in ("(silent)", "(drip)")
        transport = SmtpTransport(with_word(liar), Patience(2, 60, 60) if endless else LONG)
        with pytest.raises(ServerFault) as refused:
            transport.send(trial(PAPER, "somebody@elsewhere.example", NOW))
        assert endless or refused.value.stage == "starttls"
        assert liar.stages("auth") == liar.stages("mail") == []


def test_lines_with_dots_and_long_texts_arrive_as_they_are() -> None:
    email = trial(PAPER, "somebody@elsewhere.example", NOW)
    email.set_content(".\n..two\n.three\n" + "word " * 100_000 + "\n", cte="8bit")
    with peer() as good:
        SmtpTransport(good.url, LONG).send(email)
        (raw,) = good.raw
    assert b"\r\n..\r\n...two\r\n..three\r\nword" in raw
    assert b"\r\n.\r\n" not in raw


def test_an_address_outside_ascii_needs_a_server_that_takes_it() -> None:
    email = trial(PAPER, "jos\u00e9@elsewhere.example", NOW)
    with peer() as wide:
        SmtpTransport(wide.url, LONG).send(email)
        assert wide.taken[0][1] == "jos\u00e9@elsewhere.example"
        assert "SMTPUTF8" in wide.stages("mail")[0]
    with peer(at("ehlo", "250 peer.example")) as narrow:
        with pytest.raises(Undeliverable):
            SmtpTransport(narrow.url, LONG).send(email)
        assert narrow.taken == []


def test_a_domain_outside_ascii_goes_to_any_server() -> None:
    """Its ASCII form (IDNA) is known to all of them; a dead e-mail would be nobody's fault."""
    settings = replace(PAPER, sender="Good Offices <portal@b\u00fccher.example>")
    email = trial(settings, "mediator@b\u00fccher.example", NOW)
    with peer(at("ehlo", "250 peer.example")) as narrow:
        SmtpTransport(narrow.url, LONG).send(email)
        ((_sender, to),) = narrow.taken
        assert to == "mediator@xn--bcher-kva.example"
        assert "<portal@xn--bcher-kva.example>" in narrow.stages("mail")[0]


def test_words_outside_ascii_go_in_seven_bits() -> None:
    """A server that does not offer 8BITMIME may break others (RFC 6152)."""
    email = trial(replace(PAPER, base_url="https://b\u00fccher.example"), "a@b.example", NOW)
    with peer(at("ehlo", "250 peer.example")) as narrow:
        SmtpTransport(narrow.url, LONG).send(email)
        (raw,) = narrow.raw
    assert raw.isascii()
    assert "https://b\u00fccher.example" in email.get_content()
