"""Packs a release of the data as `visamap update --data` takes it; `make data-release` calls it.

``dist/data-DAY.tar.gz`` holds the files, each with its digest beside it, and ``SHA256SUMS`` over
all of them; unpacked on any file server it can be fetched. With a private key in
VISAMAP_SIGNING_KEY (Ed25519, 32 bytes in base64) ``SHA256SUMS.sig`` is the signature, and the
public key is printed. ``dist/data-DAY.json`` is the same release as ``visamap export json`` writes
it, which the next one is compared with.
"""

import gzip
import hashlib
import io
import os
import subprocess
import sys
import tarfile
from base64 import b64decode, b64encode
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA, DIST = ROOT / "data", ROOT / "dist"
KEY = "VISAMAP_SIGNING_KEY"


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of the release by their names, with the digest of each."""
    from visamap.data.text import shipped_files  # noqa: PLC0415  the path below

    named = {path.relative_to(folder).as_posix(): path for path in shipped_files(folder)}
    found = {name: path.read_bytes() for name, path in named.items()}
    digests = {name: hashlib.sha256(content).hexdigest() for name, content in found.items()}
    beside = {f"{name}.sha256": f"{digests[name]}  {Path(name).name}\n".encode() for name in found}
    listed = "".join(f"{digests[name]}  {name}\n" for name in sorted(found)).encode()
    return {**found, **beside, "SHA256SUMS": listed}


def signed(listed: bytes, key: str) -> tuple[bytes, str]:
    """Return the signature of the list, and the public key that proves it."""
    from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415

    private = ed25519.Ed25519PrivateKey.from_private_bytes(b64decode(key, validate=True))
    public = private.public_key().public_bytes_raw()
    return b64encode(private.sign(listed)) + b"\n", b64encode(public).decode()


def packed(made: dict[str, bytes]) -> bytes:
    """Return an archive that has the same bytes wherever it is made."""
    tar = io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for name in sorted(made):
            entry = tarfile.TarInfo(name)
            entry.size = len(made[name])
            archive.addfile(entry, io.BytesIO(made[name]))
    return gzip.compress(tar.getvalue(), mtime=0)


def main() -> int:
    """Write both files below ``dist/``."""
    sys.path.insert(0, str(ROOT))
    from visamap import load  # noqa: PLC0415  the path above

    made, day = files(DATA), load().data.release
    if key := os.environ.get(KEY):
        made["SHA256SUMS.sig"], public = signed(made["SHA256SUMS"], key)
        print(f"signed; the public key is {public}")
    else:
        print(f"not signed: {KEY} is not set")
    DIST.mkdir(exist_ok=True)
    (DIST / f"data-{day}.tar.gz").write_bytes(packed(made))
    command = [sys.executable, "-m", "visamap", "export", "json", "--overwrite", "-o"]
    return subprocess.run([*command, DIST / f"data-{day}.json"], check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
