"""Many readers at once: 200 clients for 30 seconds on loopback against `visamap serve`.

Prints how long one client alone waits for an answer on a kept connection, how many answers the
crowd got, how many were no plain yes, and the server's memory over time: it must grow no more once
every answer was given once. Fails where an answer is wrong, or one client alone waits over 5 ms.

    make load
    make load SECONDS_=60 CLIENTS=400
"""

import asyncio
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import IO

import load

CLIENTS = int(os.environ.get("CLIENTS", "200"))
SECONDS = float(os.environ.get("SECONDS_", "30"))
PATIENCE = 20
"""Seconds that one answer may take."""
CODES = [
    "THA",
    "KOR",
    "DEU",
    "IND",
    "PAK",
    "TUR",
    "RUS",
    "USA",
    "BRA",
    "CHN",
    "GBR",
    "JPN",
    "NGA",
    "EGY",
    "VNM",
    "ARE",
]
DAYS = ["2014-08-01", "2016-03-01", "2018-07-01", "2020-06-01", "2022-02-01", "2026-11-24"]
ADDRESSES = [
    *("/", "/ru/", "/kk/", "/stay/", "/ru/visa/B12-1/", "/static/page.js", "/healthz"),
    *(f"/nationality/{code}/" for code in CODES),
    *(f"/kk/nationality/{code}/" for code in CODES),
    *(f"/?nationality={code}&on={day}" for code in CODES for day in DAYS),
    *(f"/api/v1/check/{code}?on={day}" for code in CODES for day in DAYS),
    *(f"/api/v1/check/{code}" for code in CODES),
    *(f"/api/v1/map?on={day}&lang={lang}" for day in DAYS for lang in ("en", "kk", "ru")),
    *(f"/api/v1/map.svg?on={day}" for day in DAYS),
    *("/api/v1/partners", "/api/v1/visas", "/api/v1/ranks", "/feed.atom"),
    *(f"/api/v1/stay/{code}?trip=2026-01-03/2026-01-28&on=2026-11-24" for code in CODES),
]
AT_MOST = 5
"""Milliseconds that one client alone may wait for an answer."""
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


async def reader(port: int, end: float, seen: Counter[str], chance: random.Random) -> None:
    """Ask one address after the other over a connection that stays open."""
    line = None
    while time.monotonic() < end:
        address = chance.choice(ADDRESSES)
        try:
            if line is None:
                line = await asyncio.open_connection("127.0.0.1", port)
            async with asyncio.timeout(PATIENCE):
                status = await _answer(*line, address)
        except (OSError, EOFError, TimeoutError) as error:
            status = type(error).__name__
            line = None
        seen[status] += 1
    if line:
        line[1].close()


async def _answer(read: asyncio.StreamReader, write: asyncio.StreamWriter, address: str) -> str:
    write.write(
        f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    )
    head = await read.readuntil(b"\r\n\r\n")
    length = LENGTH.search(head)
    if length is None:
        raise EOFError
    await read.readexactly(int(length[1]))
    return head.split(b" ", 2)[1].decode()


def megabytes(process: int) -> float:
    """Return the memory that a process holds."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1000 if found else 0.0


async def crowd(port: int, process: int) -> tuple[Counter[str], list[float]]:
    """Let all read at once; gives the answers by status, and the memory second by second."""
    seen: Counter[str] = Counter()
    end = time.monotonic() + SECONDS
    chances = [random.Random(n) for n in range(CLIENTS)]  # noqa: S311  the same in every run
    reading = [asyncio.create_task(reader(port, end, seen, chance)) for chance in chances]
    memory = []
    while time.monotonic() < end:
        memory.append(megabytes(process))
        await asyncio.sleep(1)
    await asyncio.gather(*reading)
    memory.append(megabytes(process))
    return seen, memory


def _port(told: IO[str]) -> int:
    """Return the port that the server says it has, once it says so."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        told.seek(0)
        if found := re.search(r":(\d+)/", told.read()):
            return int(found[1])
        time.sleep(0.1)
    raise TimeoutError("the server did not start")


def main() -> int:
    """Start the server, let the crowd in, and say what came of it."""
    command = [str(Path(sys.executable).parent / "visamap"), "serve", "--port", "0"]
    # Into a file: a pipe that nobody reads would stop a server that has much to complain of.
    with tempfile.TemporaryFile("w+") as told:
        with subprocess.Popen(command, stderr=told) as server:
            try:
                port = _port(told)
                ask = load.client(port, f"/api/v1/check/{CODES[0]}", connections=1)
                alone = median(ask() for _ in range(5))
                seen, memory = asyncio.run(crowd(port, server.pid))
            finally:
                server.terminate()
        told.seek(0)
        print(told.read()[-4000:])
    print(f"one client alone, on a kept connection: {alone:.2f} ms an answer; at most {AT_MOST}")
    answers, wrong = seen["200"], sum(seen.values()) - seen["200"]
    print(f"{CLIENTS} clients, {SECONDS:g} s, {len(ADDRESSES)} addresses")
    print(f"{answers:,} answers, {answers / SECONDS:,.0f} a second; {wrong} others {dict(seen)}")
    points = [memory[n * (len(memory) - 1) // 6] for n in range(7)]
    print(f"memory over time, MB: {', '.join(f'{one:.0f}' for one in points)}")
    return 1 if wrong or alone > AT_MOST else 0


if __name__ == "__main__":
    sys.exit(main())
