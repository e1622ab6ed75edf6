"""Who published a release: a signature (Ed25519) over the digests of all its files.

``SHA256SUMS`` stands beside the law's file and names each file of the release, so that one of
another release in its place, or one that was taken away, is noticed; ``SHA256SUMS.sig`` is its
signature in base64. Keys are the 32 bytes of a public key in base64.
"""

import binascii
import re
from base64 import b64decode
from urllib.parse import urljoin

from visamap.errors import (
    MissingExtraError,
    Problem,
    RefusedUpdateError,
    WrongUsageError,
)
from visamap.i18n import mark, tr
from visamap.update.fetch import Bounds, fetch_needed

MANIFEST, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
LINE = re.compile(r"([0-9a-f]{64}) [ *]([\w./-]+)")
NOT_THEIRS = mark(
    "Nothing of it is used. Ask the publisher which key is theirs, on another way than this one."
)


def signed_digests(url: str, key: str, bounds: Bounds) -> dict[str, str]:
    """Return the signed digests of the files beside ``url``, by the names of the files."""
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415  the extra
        from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # noqa: PLC0415
            Ed25519PublicKey,
        )
    except ModuleNotFoundError as error:
        raise MissingExtraError("signed", tr("A signed release")) from error
    try:
        public = Ed25519PublicKey.from_public_bytes(b64decode(key, validate=True))
    except ValueError as error:
        said = tr("{key!r} is no key; expected 32 bytes in base64, 44 letters.", key=key[:60])
        raise WrongUsageError(said) from error
    manifest, signature = (
        fetch_needed(urljoin(url, name), bounds, tr(NOT_THEIRS)) for name in (MANIFEST, SIGNATURE)
    )
    try:
        public.verify(b64decode(signature.strip(), validate=True), manifest)
    except (InvalidSignature, binascii.Error) as error:
        said = tr("the signature is not that of the key {key}", key=key)
        raise _refused(url, SIGNATURE, said) from error
    lines = [LINE.fullmatch(line) for line in manifest.decode("utf-8", "replace").splitlines()]
    if not lines or None in lines:
        raise _refused(url, MANIFEST, tr("it is no list of digests and names"))
    return {line[2]: f"sha256:{line[1]}" for line in lines if line}


def _refused(url: str, name: str, message: str) -> RefusedUpdateError:
    problem = Problem(urljoin(url, name), 1, 1, "signature", "error", message)
    return RefusedUpdateError(url, [problem], tr(NOT_THEIRS))
