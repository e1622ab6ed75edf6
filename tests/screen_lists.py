"""A list as people make it, and how its answers are read."""

import csv

MESSY = '''\
\ufeffName;Nat;Arrival;Left;Passport;Note
"Smith; John";Thailand;2025-01-01;2025-01-30;;007
=cmd();Tailand;2025-01-01;2025-02-30;;1.10
@x;Congo;2025-01-01 10:00;2025-01-02;ordinary;"two
lines"
Иван;Германия;2025-01-01;2025-01-02;Official;
a;;2025-01-01;2025-01-02;Official;"say ""hi"""
b;DE;01/02/2025;2025-01-02;Official; spaced
c; Türkiye ;;2025-01-02;;
d;N/A;2025-02-02;2025-01-02;;
e;DE;2025-02-02T10:00:00Z;2025-01-02;Official;
f;4;2025-02-02;2025-03-02T10:00;weird;
g;KZ;2025-02-02;2025-03-02T10:00:00.5+05:00; ;
h;日本;2024-02-29;2023-02-29;diplomatic;
i;VNM;2025-W01-1;;;
j;VNM;0000-01-01;;;
k;VNM;infinity;;;
l;VNM; 2025-06-01 ;   ;;
m;VNM;2025-06-01T25:00;2025-6-1;;
n;\tVNM\t;2025-06-01;\t2025-06-01;;
o;VNM;9999-12-31;9999-12-31;;
p;Südkorea;2025-06-01;2025-06-30;service;
q;UNO;2025-06-01;;laissez-passer;
r;немка;1.2.2025 10:00;20.02.2025;;
s;Dubai;31.02.2025;;;
t;US citizen;01.02.2025T10:00;1.02.2025;;
'''


BROKEN_CSV = (
    "nationality,arrival,note\n"
    "THA,2025-06-01,x\n"
    "DEU,2025-06-01\n"
    "DEU\r\n"
    "DEU,2025-06-01,a,b\n"
    'DEU,2025-06-01,"a, b","c ""d"", e"\n'
    'DEU,2025-06-01,"a"b\n'
    'DEU, "2025-06-01", x\n'
    'DEU,2025-06-01,"two\nlines"\n'
    'DEU,2025-06-01,"open\n'
    "THA,2025-06-01,Привет\n"
).encode() + (
    b"DEU,2025-06-01,\xcf\xf0\n"
    b"\xff,2025-06-01\n"
    b"\n"
    b'DEU,2025-06-01,"last'
)  # fmt: skip
"""A row in every way in which one can be broken, and sound ones between them."""

BROKEN_CSV_READ = [
    ("THA", "2025-06-01", "x", ""),
    ("DEU", "2025-06-01", "", "too-few-cells"),
    ("DEU", "", "", "too-few-cells"),
    ("DEU", "2025-06-01", "a,b", "too-many-cells"),
    ("DEU", "2025-06-01", '"a, b","c ""d"", e"', "too-many-cells"),
    ('DEU,2025-06-01,"a"b', "", "", "broken-quotes"),
    ("DEU", ' "2025-06-01"', " x", "bad-arrival"),
    ("DEU", "2025-06-01", "two\nlines", ""),
    ('DEU,2025-06-01,"open', "", "", "broken-quotes"),
    ("THA", "2025-06-01", "Привет", ""),
    ("DEU", "2025-06-01", r"\xcf\xf0", "not-utf-8"),
    (r"\xff", "2025-06-01", "", "not-utf-8"),
    ('DEU,2025-06-01,"last', "", "", "broken-quotes"),
]

BROKEN_LINES = (
    b'{"nationality":"THA","arrival":"2025-06-01"}\n'
    b"not json\n"
    b"[1, 2]\n"
    b"\n"
    b'"x"\r\n'
    b'{"a": 1\n'
    b"{}{}\n"
    b'{"a": 1,}\n'
    b'{"a": NaN}\n'
    b'{"a": "\xcf"}\n'
    b'{"a": "\\ud800"}\n'
    b'{"nationality":"THA","arrival":"2025-06-01","note":"\\ud83d\\ude00, ]"}\n'
    b"{}"
)

BROKEN_LINES_READ = [
    (None, None),
    ("not json", "not-an-object"),
    ("[1, 2]", "not-an-object"),
    ('"x"', "not-an-object"),
    ('{"a": 1', "not-an-object"),
    ("{}{}", "not-an-object"),
    ('{"a": 1,}', "not-an-object"),
    ('{"a": NaN}', "not-an-object"),
    (r'{"a": "\xcf"}', "not-utf-8"),
    (r'{"a": "\ud800"}', "not-an-object"),
    (None, None),
    (None, "unknown-nationality; no-arrival"),
]

MAP = {"nationality": "Nat", "departure": "Left"}


def cells(path, delimiter=";"):
    """The rows of a CSV file, or of a folder of its parts, as dictionaries."""
    parts = sorted(path.glob("part-*")) if path.is_dir() else [path]
    texts = [part.read_text(encoding="utf-8-sig").splitlines(keepends=True) for part in parts]
    return [row for text in texts for row in csv.DictReader(text, delimiter=delimiter)]
