#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Check reports against their definitions with an existing validator.
# Usage: tests/check-schema.sh REPORT...; prints TAP, exit status 0 when all fit.
#
# A report says itself what it is: its "schema" is probewalk-KIND-VERSION, to be
# found in reports/KIND.schema.json; else it is SARIF, which is checked against
# the part of it that we write and against the published schema, which
# $SARIF_SCHEMA names or scripts/sarif-schema has put into the build directory
# ($BUILD, "build").
#
# Our schemas are draft 2020-12, so an older validator, which would pass over
# keywords that it does not know, is refused.
set -u

here=$(dirname "$0")
if [ $# -eq 0 ]; then
	echo "Usage: $0 REPORT..." >&2
	exit 2
fi
: "${SARIF_SCHEMA:=${BUILD:-$here/../build}/sarif-schema-2.1.0.json}"

validator='
import json, os, sys, warnings
warnings.simplefilter("ignore")
try:
    from jsonschema import Draft202012Validator, RefResolver
    from jsonschema.validators import validator_for
except ImportError:
    sys.exit(77)
here, published = sys.argv[1:3]
# where the two stand beside each other; nothing is read from there
BASE = "file:///reports/"

def load(name):
    with open(name, encoding="utf-8") as f:
        return json.load(f)

def ours(name):
    schema = load(os.path.join(here, "../reports", name))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(
        schema, resolver=RefResolver(BASE + os.path.basename(name), schema, store={
            BASE + "findings.schema.json": findings}))

def theirs(name):
    schema = load(name)
    cls = validator_for(schema)
    cls.check_schema(schema)
    return cls(schema)

findings = load(os.path.join(here, "../reports/findings.schema.json"))
number = bad = 0

def tell(name, validator, report):
    global number, bad
    number += 1
    errors = [f"{e.json_path}: {e.message}" for e in validator.iter_errors(report)]
    verdict = "not ok" if errors else "ok"
    print(f"{verdict} {number} - {name}")
    for error in errors:
        print(f"# {name}: {error}")
        bad = 1

def check(path):
    global number
    name = os.path.basename(path)
    report = load(path)
    if "runs" not in report:
        kind = report["schema"].split("-")[1]
        tell(name, ours(f"{kind}.schema.json"), report)
        return
    tell(f"{name}, what we write", ours("../tests/sarif-subset.schema.json"), report)
    if os.path.exists(published):
        tell(f"{name}, SARIF 2.1.0", theirs(published), report)
        return
    number += 1
    print(f"ok {number} - {name}, SARIF 2.1.0 # SKIP no published schema: "
          "scripts/sarif-schema gets it with npm, or set SARIF_SCHEMA")

for path in sys.argv[3:]:
    try:
        check(path)
    except (OSError, ValueError, KeyError, TypeError) as e:
        number += 1
        bad = 1
        print(f"not ok {number} - {os.path.basename(path)}")
        print(f"# {path}: {e!r}")
print(f"1..{number}")
sys.exit(bad)
'

# Debian installs the module for its own interpreter, which need not be the
# first in the path.
for python in /usr/bin/python3 python3; do
	command -v "$python" >/dev/null 2>&1 || continue
	"$python" -c "$validator" "$here" "$SARIF_SCHEMA" "$@"
	ret=$?
	[ $ret -eq 77 ] || exit $ret
done
echo "$0: no validator: install python3-jsonschema, 4 or later" >&2
exit 2
