#!/bin/sh
# Lighthouse's scores of a page, desktop and mobile: benchmarks/lighthouse.sh http://127.0.0.1:8501/map
# It needs npm and Chromium; CHROME_PATH names another one.
set -eu
: "${CHROME_PATH:=$(command -v chromium || command -v google-chrome)}"
export CHROME_PATH
report=$(mktemp)
trap 'rm -f "$report"' EXIT
for form in desktop mobile; do
    preset=$([ "$form" = desktop ] && echo --preset=desktop || true)
    npx --yes lighthouse@12 "$1" $preset --quiet --output=json --output-path="$report" \
        --chrome-flags='--headless=new --no-sandbox --disable-gpu' \
        --only-categories=performance,accessibility,best-practices
    node -e '
        const { categories, audits } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
        const scores = Object.values(categories).map((one) => `${one.title} ${Math.round(one.score * 100)}`);
        const lost = Object.values(audits).filter((one) => one.score !== null && one.score < 0.9 && one.scoreDisplayMode !== "informative");
        console.log(`'"$form"': ${scores.join(", ")}`);
        lost.forEach((one) => console.log(`  ${one.title}${one.displayValue ? `: ${one.displayValue}` : ""}`));' "$report"
done
