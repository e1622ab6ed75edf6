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
b;DE;01.02.2025;2025-01-02;Official; spaced
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
'''


MAP = {"nationality": "Nat", "departure": "Left"}


def cells(path):
    """The rows of a CSV file, or of a folder of its parts, as dictionaries."""
    parts = sorted(path.glob("part-*")) if path.is_dir() else [path]
    texts = [part.read_text(encoding="utf-8").splitlines(keepends=True) for part in parts]
    return [row for text in texts for row in csv.DictReader(text, delimiter=";")]
