"""nginx and Caddy, as Debian packages them, in front of a site on this machine."""

import contextlib
import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.adapters.slack.strict import free_port, wait_for
from tests.conftest import without

DEPLOY = Path(__file__).parents[2] / "config" / "deploy"
NAME = "pln.example.org"
UPSTREAM = "127.0.0.1:8477"
PLAIN_NGINX = "server { listen 80; location / { proxy_pass http://127.0.0.1:8477; } }"
PLAIN_CADDY = ":80 {\n\treverse_proxy 127.0.0.1:8477\n}\n"
# What Debian's own file has around the sites, and room for what it writes.
_NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr; {user}
events {{ worker_connections 768; }}
http {{
    sendfile on; tcp_nopush on; types_hash_max_size 2048; default_type application/octet-stream;
    access_log off; gzip on;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""
_CADDY = """{{
	admin off
	http_port {http}
	https_port {https}
	local_certs
	skip_install_trust
	storage file_system {folder}/kept
}}
"""


@dataclass(frozen=True, slots=True)
class Proxy:
    """A running proxy: where it listens, plainly and by TLS."""

    http: int
    https: int

    def plain(self, path: str) -> str:
        """Return an address without TLS."""
        return f"http://127.0.0.1:{self.http}{path}"

    def secured(self, path: str) -> str:
        """Return an address by TLS."""
        return f"https://127.0.0.1:{self.https}{path}"


@contextlib.contextmanager
def nginx(folder: Path, site: str, upstream: int) -> Iterator[Proxy]:
    """Run nginx with a site's file, its ports, certificate and upstream put in place."""
    program = _program("nginx", "nginx")
    proxy = Proxy(free_port(), free_port())
    certificate, key = _certificate(folder)
    for written, here in (
        (UPSTREAM, f"127.0.0.1:{upstream}"),
        ("listen 80;", f"listen 127.0.0.1:{proxy.http};"),
        ("listen 443 ssl;", f"listen 127.0.0.1:{proxy.https} ssl;"),
        ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl;\n", ""),
        (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(certificate)),
        (f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(key)),
    ):
        site = site.replace(written, here)
    (folder / "site.conf").write_text(site, encoding="utf-8")
    user = "user root;" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, user=user), encoding="utf-8")
    command = [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with _run(command, folder, proxy.http):
        yield proxy


@contextlib.contextmanager
def caddy(folder: Path, site: str, upstream: int) -> Iterator[Proxy]:
    """Run Caddy with a site's file, its ports and upstream put in place, and its own certificates."""
    program = _program("caddy", "caddy")
    proxy = Proxy(free_port(), free_port())
    site = site.replace(UPSTREAM, f"127.0.0.1:{upstream}").replace(":80 {", f":{proxy.http} {{")
    options = _CADDY.format(http=proxy.http, https=proxy.https, folder=folder)
    (folder / "Caddyfile").write_text(options + site, encoding="utf-8")
    command = [program, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
    with _run(command, folder, proxy.http):
        _wait_for_tls(proxy.https, wanted=NAME in site)
        yield proxy


def trusting() -> ssl.SSLContext:
    """Return what takes any certificate: these are made for the test."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _program(name: str, package: str) -> str:
    # Debian keeps nginx where only root looks for programs.
    found = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if found is None:
        without(f"there is no {name} here (Debian's package is called {package})")
    return found


@contextlib.contextmanager
def _run(command: list[str], folder: Path, port: int) -> Iterator[None]:
    own = {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "log").open("w") as log:
        running = subprocess.Popen(command, stderr=log, stdout=log, env={**os.environ, **own})
        try:
            wait_for(port, running)
            yield
        finally:
            running.terminate()
            running.wait(timeout=20)


def _wait_for_tls(port: int, *, wanted: bool) -> None:
    """Wait until Caddy has made its certificate."""
    until = time.monotonic() + 20
    while wanted:
        try:
            with (
                socket.create_connection(("127.0.0.1", port), 1) as connection,
                trusting().wrap_socket(connection, server_hostname=NAME),
            ):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for the name, signed by itself, and return where it and its key are."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "certificate.pem", folder / "key.pem"
