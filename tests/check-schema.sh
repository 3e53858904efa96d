#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# Check reports against reports/findings.schema.json with an existing validator.
# Usage: tests/check-schema.sh REPORT...; prints TAP, exit status 0 when all fit.
#
# The schema is draft 2020-12, so an older validator, which would pass over
# keywords that it does not know, is refused.
set -u

schema=$(dirname "$0")/../reports/findings.schema.json
if [ $# -eq 0 ]; then
	echo "Usage: $0 REPORT..." >&2
	exit 2
fi

validator='
import json, os, sys
try:
    from jsonschema import Draft202012Validator
except ImportError:
    sys.exit(77)
with open(sys.argv[1], encoding="utf-8") as f:
    schema = json.load(f)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
bad = 0
print(f"1..{len(sys.argv) - 2}")
for nr, name in enumerate(sys.argv[2:], 1):
    try:
        with open(name, encoding="utf-8") as f:
            report = json.load(f)
        errors = [f"{e.json_path}: {e.message}"
                  for e in validator.iter_errors(report)]
    except (OSError, ValueError) as e:
        errors = [str(e)]
    verdict = "not ok" if errors else "ok"
    print(f"{verdict} {nr} - {os.path.basename(name)}")
    for error in errors:
        print(f"# {name}: {error}")
        bad = 1
sys.exit(bad)
'

# Debian installs the module for its own interpreter, which need not be the
# first in the path.
for python in /usr/bin/python3 python3; do
	command -v "$python" >/dev/null 2>&1 || continue
	"$python" -c "$validator" "$schema" "$@"
	ret=$?
	[ $ret -eq 77 ] || exit $ret
done
echo "$0: no validator: install python3-jsonschema, 4 or later" >&2
exit 2
