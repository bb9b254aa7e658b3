#!/bin/sh
# Compares our bytes with js-yaml's. Needs Node 20 or later and a package registry for npm ci.
#
#   compare.sh [SEEDS] [DOCUMENTS] [LENGTH]   default: 10 seeds of 5000 documents, all strings up to 4 characters
#   compare.sh golden                         makes output/frontmatter/testdata/pairs.jsonl anew
#
# JSYAML=4.1.1 compare.sh ... takes that version instead of the pinned one.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/package*.json "$here"/*.mjs "$work"
cd "$work"
if [ -n "${JSYAML:-}" ]; then npm install --silent "js-yaml@$JSYAML"; else npm ci --silent; fi
echo "js-yaml $(node -p 'require("js-yaml/package.json").version')"

compare() {
	node generate.mjs "$@" >pairs.jsonl
	(cd "$here/../../frontmatter" && go test . -count 1 -run '^TestJSYAML$' -v -jsyaml-pairs "$work/pairs.jsonl") >log 2>&1 || {
		echo "$*: DIFFERENT"
		cut -c 1-2000 log
		exit 1
	}
	echo "$*: $(grep -o '[0-9]* documents equal' log)"
}

if [ "${1:-}" = golden ]; then
	node generate.mjs golden 2020 300 >"$here/../../frontmatter/testdata/pairs.jsonl"
	exit
fi
seeds=${1:-10} documents=${2:-5000} length=${3:-4}
for seed in $(seq 1 "$seeds"); do compare random "$seed" "$documents"; done
compare exhaustive "$length"
