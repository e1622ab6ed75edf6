"""What other programs read, word for word: answers in each form, addresses, tools, exports, help.

A change of a file here is a change of a contract: a field may be added, never renamed, dropped or
given another meaning. After reading the difference, write the files anew with ``make contracts``.
"""

import csv
import hashlib
import io
import json
import os
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from visamap.cli.commands import group, run
from visamap.web.app import create_app

HERE = Path(__file__).parent
DAY = "--on 2026-11-24"
QUESTIONS = {
    "check": f"check THA {DAY}",
    "check-free-by-list": f"check DEU {DAY}",
    "check-days": f"check DEU --days 45 {DAY}",
    "check-several": f"check TUR GBR IND {DAY}",
    "check-both-grounds": f"check KOR {DAY}",
    "check-possible": "check NIC --on 2024-01-01",
    "check-suspended": "check FRA --on 2020-11-01",
    "check-closed-border": "check CHN --on 2021-05-01",
    "check-transit": "check IND --on 2020-01-15",
    "check-diplomatic": f"check GRC --passport diplomatic {DAY}",
    "check-service": f"check CHN --passport service {DAY}",
    "check-visa": f"check ZWE {DAY}",
    "check-citizen": f"check KAZ {DAY}",
    "check-stateless": f"check XXA {DAY}",
    "check-organisation": f"check UNO {DAY}",
    "check-own-code": f"check HKG {DAY}",
    "check-reciprocity": f"check THA --reciprocity {DAY}",
    "check-territory": f"check PRI {DAY}",
    "check-beyond-horizon": "check THA --days 10 --on 2027-11-26",
    "check-early": "check THA --on 2011-01-01",
    "check-border-residents": f"check TKM {DAY}",
    "partners": f"partners {DAY}",
    "partners-filtered": "partners --basis agreement --min-days 90 --on 2024-12-31",
    "partners-diplomatic": f"partners --passport diplomatic {DAY}",
    "agreements-year": f"agreements --year 2024 {DAY}",
    "agreements-event": f"agreements --year 2024 --event in-force --passport ordinary {DAY}",
    "agreements-partner": f"agreements --partner Thailand {DAY}",
    "agreements-approved": f"agreements --status approved {DAY}",
    "agreements-own": f"agreements --kind own --year 2022 {DAY}",
    "agreement": f"agreements kaz-tha-2024 {DAY}",
    "agreement-decree": f"agreements kz-gov-838-2016 {DAY}",
    "visas": f"visas --for treatment {DAY}",
    "visas-purpose": f"visas --for study --nationality India {DAY}",
    "visa": f"visas B12-1 {DAY}",
    "visa-nationality": f"visas B12-1 --nationality IND {DAY}",
    "visa-announced": f"visas altyn {DAY}",
    "stay": "stay THA --trip 2026-01-03/2026-01-28 --trip 2026-03-01/2026-03-30 --on 2026-04-10",
    "stay-inside": "stay THA --trip 2026-01-03/ --on 2026-01-20",
    "stay-overstay": f"stay DEU --trip 2026-10-01/ {DAY}",
    "stay-plan": f"stay RUS --trip 2026-08-01/2026-09-15 --plan 2026-12-01/2026-12-31 {DAY}",
    "stay-visa": f"stay ZWE {DAY}",
    "stay-first-entry": f"stay BRA --trip 2026-01-03/2026-01-20 {DAY}",
    "trip": "trip DEU KAZ:2027-05-01/2027-05-12 UZB:2027-05-12/2027-06-20 KAZ:2027-06-20/ "
    f"--past KAZ:2027-02-01/2027-03-02 {DAY}",
    "trip-visa": "trip IND TUR UZB:2027-05-01/2027-05-05:visa KAZ:2027-05-05/2027-05-12 "
    f"UZB:2027-05-12/2027-05-20:visa {DAY}",
    "timeline": "timeline THA",
    "timeline-cut": "timeline CHN --since 2020-01-01 --until 2024-12-31",
    "timeline-official": "timeline TUR --passport service",
    "diff": "diff 2023-12-31 2024-12-31",
    "diff-backwards": "diff 2024-12-31 2023-12-31",
    "diff-diplomatic": "diff 2010-01-01 2026-01-01 --passport diplomatic",
    "upcoming": f"upcoming {DAY}",
    "upcoming-early": "upcoming --on 2024-01-15 --passport ordinary",
    "outbound-pair": f"outbound KAZ --to THA {DAY}",
    "outbound-disputed": "outbound KAZ --to THA --on 2025-09-01",
    "outbound-through": f"outbound KAZ --to AND {DAY}",
    "outbound-border": f"outbound TKM --to KAZ {DAY}",
    "outbound-requirement": f"outbound KAZ --requirement eta {DAY}",
    "outbound-differ": f"outbound TJK TKM --differ --requirement visa-free {DAY}",
    "outbound-best": f"outbound KAZ UZB --best --requirement visa-on-arrival {DAY}",
    "ranks": f"ranks KAZ UZB --edition latest {DAY}",
    "ranks-since": f"ranks KAZ --since 2024 --index henley {DAY}",
    "ranks-formula": f"ranks KAZ --formula plain --edition latest {DAY}",
    "claims": "claims --on 2024-12-04",
    "claims-count": "claims --what rank",
    "coverage": f"coverage {DAY}",
    "crossings": f"crossings KGZ TJK {DAY}",
    "crossings-closed": "crossings KGZ TJK --on 2025-03-12",
    "crossings-none": f"crossings KAZ TJK {DAY}",
}
FORMS = ("json", "csv", "markdown")
COMMANDS = sorted(group.list_commands(click.Context(group)))


def said(words, capsys):
    """Return what a command writes to stdout; the digest of the data is none of its contract."""
    status = run(words.split())
    out, err = capsys.readouterr()
    assert status == 0, err
    return re.sub(r"sha256:[0-9a-f]+", "sha256:0", out)


def holds(name, told):
    path = HERE / name
    if os.environ.get("UPDATE_CONTRACTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(told, encoding="utf-8")
    assert told.splitlines() == path.read_text(encoding="utf-8").splitlines()


def laid_out(value):
    # The order of keys is no contract.
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", QUESTIONS)
def test_answers(name, form, capsys):
    told = said(f"{QUESTIONS[name]} --format {form}", capsys)
    if form == "json":
        told = laid_out(json.loads(told))
    holds(f"{form}/{name}.{form}", told)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help(command):
    told = CliRunner().invoke(group, [*command.split(), "--help"], prog_name="visamap").output
    holds(f"help/{command or 'visamap'}.txt", told)


def test_schema_of_the_data_file(capsys):
    holds("schema.json", said("schema", capsys))


def test_addresses_of_the_api(registry):
    with TestClient(create_app(registry)) as client:
        told = client.get("/openapi.json").json()
    del told["info"]["version"]
    holds("openapi.json", laid_out(told))


def test_tools_of_assistants():
    server = pytest.importorskip("visamap.mcp.server")
    shapes = [tool.model_dump(mode="json", exclude_none=True) for tool in server.LISTED_TOOLS]
    for shape in shapes:
        shape.pop("outputSchema", None) or shape.pop("output_schema", None)
    holds("mcp.json", laid_out(shapes))


def test_exports(export):
    rows = []
    for table in sorted(export.tables, key=lambda table: table.name):
        body = io.StringIO()
        csv.writer(body).writerows(table.rows)
        digest = hashlib.sha256(body.getvalue().encode()).hexdigest()[:16]
        rows.append([table.name, len(table.rows), digest, *table.columns])
    holds("exports.txt", "".join(" ".join(map(str, row)) + "\n" for row in rows))
