#!/bin/sh
# Read the portal with curl and the tools of every Unix: API and TOKEN are in the environment.
#
# sh ntm.sh first                       the targets, as they stand now
# sh ntm.sh summaries 2020-Q4           all summaries of a round, page after page: page-1.json …
# sh ntm.sh follow 2020-Q4 copy         make a copy of them, copy/summaries.csv; run again, it is
#                                       in step again
set -eu

# `--retry` waits as long as a 429 says and goes on where a server is being started again.
ask() {
    curl --silent --show-error --fail --retry 5 --header "Authorization: Token $TOKEN" "$@"
}

# A number or a text of the answer, by its name; empty for null.
told() {
    sed -n "s/.*\"$1\": *\"\{0,1\}\([^\",}]*\).*/\1/p" "$2" | sed 's/^null$//'
}

first() {
    ask "$API/targets/?format=csv&fields=name_en,value,comparator,target_value"
}

summaries() {
    number=1
    address="$API/summaries/?round=$1&page_size=1000"
    while [ -n "$address" ]; do
        ask "$address" --output "page-$number.json"
        address=$(told next "page-$number.json")
        number=$((number + 1))
    done
}

# The number is asked first, so nothing falls between it and the rows.
begin() {
    ask "$API/freshness/" --output "$2/freshness.json"
    told last_change "$2/freshness.json" > "$2/after.new"
    ask "$API/summaries/?round=$1&format=csv" --output "$2/summaries.csv"
    mv "$2/after.new" "$2/after"
}

follow() {
    mkdir -p "$2"
    [ -s "$2/after" ] || begin "$1" "$2"
    has_more=true
    while [ "$has_more" = true ]; do
        # Changes that are no longer kept (410) make it fail: remove the folder and begin anew.
        ask "$API/changes/?kind=summary&limit=1000&after=$(cat "$2/after")" --output "$2/changes.json"
        take_in "$1" "$2"
        told next "$2/changes.json" > "$2/after"
        has_more=$(told has_more "$2/changes.json")
    done
}

# Read anew what the changes name; a change without a key is of everything.
take_in() {
    grep -o '"key":"[^"]*"' "$2/changes.json" | cut -d'"' -f4 | sort -u > "$2/units" || true
    if grep -qx '' "$2/units"; then
        ask "$API/summaries/?round=$1&format=csv" --output "$2/summaries.csv"
        return
    fi
    while read -r unit; do
        ask "$API/summaries/?round=$1&unit=$unit&format=csv" --output "$2/unit.csv" < /dev/null
        grep -v "^$unit," "$2/summaries.csv" > "$2/summaries.new"
        sed 1d "$2/unit.csv" >> "$2/summaries.new"
        mv "$2/summaries.new" "$2/summaries.csv"
    done < "$2/units"
}

"$@"
