"""Questions of one megabyte: addresses for the web, calls for assistants; see ``kit_monsters``."""

from kit_monsters import SIZE, filled, word


def _asked(path, query="", headers=()):
    return path, query, headers


def _many(name, value, path="/api/v1/check/THA"):
    return _asked(path, filled(f"{name}={value}&"))


def _one(name, path="/api/v1/check/THA"):
    return _asked(path, f"{name}=" + "x" * (SIZE - 20))


API = {
    "nothing": lambda: _asked("/api/v1/check/THA"),
    "one-day": lambda: _one("on"),
    "one-passport": lambda: _one("passport"),
    "one-name": lambda: _one("nationality", "/api/v1/check"),
    "one-number": lambda: _asked("/api/v1/check/THA", "days=" + "9" * (SIZE - 20)),
    "one-language": lambda: _one("lang"),
    "one-title": lambda: _one("title", "/api/v1/map.svg"),
    "one-act": lambda: _asked("/api/v1/agreements/" + "kaz-" * (SIZE // 4 - 9)),
    "one-path": lambda: _asked("/" * SIZE),
    "many-typos": lambda: _many("nationality", "Tailandia", "/api/v1/check"),
    "many-trips": lambda: _many("trip", "x", "/api/v1/stay/THA"),
    "many-passports": lambda: _many("passport", "KAZ", "/api/v1/ranks"),
    "many-days": lambda: _many("on", "2024-01-01"),
    "many-unknown": lambda: _asked("/api/v1/check/THA", filled(lambda n: f"{word(n)}=&")),
    "many-long-unknown": lambda: _asked("/api/v1/check/THA", filled(lambda n: f"{n}{'x' * 250}=&")),
    "escapes": lambda: _asked("/api/v1/check/THA", "passport=" + "%00" * (SIZE // 3 - 9)),
    "signs": lambda: _asked("/api/v1/check/THA", "&=" * (SIZE // 2)),
    "page-days": lambda: _asked("/nationality/THA/", "days=000000001" + "9" * (SIZE - 90)),
    "page-name": lambda: _one("nationality", "/"),
    "page-trips": lambda: _asked("/stay/", "nationality=THA&trips=" + "x%0A" * (SIZE // 4 - 9)),
    "page-rows": lambda: _asked(
        "/stay/", "nationality=THA&" + "entry=a&visa=x&" * (SIZE // 15 - 9)
    ),
    "page-few-trips": lambda: _asked("/stay/", "nationality=THA&trips=" + "x%0A" * 2_990),
    "page-language": lambda: _asked("/", "", [("accept-language", "kk;q=0.1," * (SIZE // 9))]),
    "known-answers": lambda: _asked("/api/v1/meta", "", [("if-none-match", '"a",' * (SIZE // 4))]),
    "packings": lambda: _asked("/api/v1/meta", "", [("accept-encoding", ", gzip" * (SIZE // 6))]),
    "packing-spaces": lambda: _asked(
        "/api/v1/meta", "", [("accept-encoding", "gzip ;" + " " * (SIZE - 9))]
    ),
    "host": lambda: _asked("/", "", [("host", "a." * (SIZE // 2))]),
    "body": lambda: _asked("/api/v1/check/THA", "", [("content-length", str(SIZE))]),
}

TOOLS = {
    "nothing": lambda: ("check", {"nationalities": ["THA"]}),
    "one-name": lambda: ("check", {"nationalities": ["x" * (SIZE - 40)]}),
    "names": lambda: ("check", {"nationalities": ["x" * 4] * (SIZE // 8 - 40)}),
    "wrong-names": lambda: ("check", {"nationalities": [1] * (SIZE // 3 - 40)}),
    "trips": lambda: ("stay", {"nationality": "THA", "trips": ["x" * 90] * (SIZE // 94 - 40)}),
    "wrong-trips": lambda: ("stay", {"nationality": "THA", "trips": [None] * (SIZE // 6 - 40)}),
    "arguments": lambda: ("check", {word(n): 1 for n in range(SIZE // 20)}),
    "long-arguments": lambda: ("check", {f"{n}{'x' * 9000}": 1 for n in range(SIZE // 9020)}),
    "number": lambda: ("check", {"nationalities": ["THA"], "days": 10**4000}),
    "deep": lambda: ("check", {"nationalities": _deep(900)}),
    "one-id": lambda: ("agreements", {"id": "kaz-" * (SIZE // 4 - 40)}),
}


def _deep(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


ASKED = {"api": API, "tool": TOOLS}
