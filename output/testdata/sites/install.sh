#!/bin/sh
# Installs the generators that output/sites builds its fixtures with: Hugo and
# the npm packages of exact versions, Jekyll as Debian has it. Run as root on
# Debian, or with Jekyll and Node 20 installed already as anybody.
set -eu
cd "$(dirname "$0")"

hugo=v0.164.0
[ "$(hugo version 2>/dev/null | cut -d' ' -f2 | cut -d- -f1)" = "$hugo" ] || go install "github.com/gohugoio/hugo@$hugo"

missing=
command -v jekyll >/dev/null || missing="$missing jekyll"
command -v node >/dev/null || missing="$missing nodejs"
command -v npm >/dev/null || missing="$missing npm"
ruby -e 'gem "jekyll-redirect-from"' 2>/dev/null || missing="$missing ruby-jekyll-redirect-from"
if [ -n "$missing" ]; then
	apt-get update -qq
	# shellcheck disable=SC2086 # words are what is meant
	apt-get install -y -qq --no-install-recommends $missing
fi

for site in astro eleventy; do
	(cd "$site" && npm ci --loglevel=error --no-audit --no-fund)
done
