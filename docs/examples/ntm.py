"""Read the portal with nothing but Python's own library: API and TOKEN are in the environment.

python ntm.py first                       the targets, as they stand now
python ntm.py summaries 2020-Q4           all summaries of a round as CSV, page after page
python ntm.py follow 2020-Q4 copy.json    make a copy of them; run again, it is in step again
"""

import json
import os
import sys
from csv import DictWriter
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urljoin
from urllib.request import Request, urlopen


def ask(address):
    """Return the answer of an address below the API, or of a whole one."""
    whole = urljoin(os.environ["API"].rstrip("/") + "/", address)
    with urlopen(Request(whole, headers={"Authorization": f"Token {os.environ['TOKEN']}"})) as said:
        return json.load(said)


def rows(address):
    """Yield every row of a list: `next` leads from page to page."""
    while address:
        page = ask(address)
        yield from page["results"]
        address = page["next"]


def first():
    """Print what is asked of each target, and what is reached."""
    for target in rows("targets/"):
        print(target["name_en"], target["value"], target["comparator"], target["target_value"])


def summaries(round_):
    """Write the rows in the order of the description, a column for each field."""
    writer = None
    for row in rows(f"summaries/?round={quote(round_)}&page_size=1000"):
        if writer is None:
            writer = DictWriter(sys.stdout, row)
            writer.writeheader()
        writer.writerow(row)


def follow(round_, file):
    """Bring the copy in step; it is kept with the number up to which all changes are in it."""
    path = Path(file)
    copy = json.loads(path.read_text()) if path.exists() else begun(round_)
    try:
        catch_up(copy, round_)
    except HTTPError as refusal:
        if refusal.code != 410:
            raise
        copy = begun(round_)  # changes as old as that are no longer kept
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.write_text(json.dumps(copy))
    unfinished.replace(path)  # at once: a run that is cut short leaves the copy as it was


def catch_up(copy, round_):
    """Take in all changes there are."""
    has_more = True
    while has_more:
        page = ask(f"changes/?kind=summary&limit=1000&after={copy['after']}")
        take_in(copy, round_, page["results"])
        copy["after"], has_more = page["next"], page["has_more"]


def begun(round_):
    """Return a new copy; its number is asked first, so nothing falls between."""
    after = ask("freshness/")["last_change"]
    return {"after": after, "rows": read(f"summaries/?round={quote(round_)}&page_size=1000")}


def take_in(copy, round_, changes):
    """Read anew what the changes name; a change without a key is of everything."""
    units = {change["key"] for change in changes if change["round"] in ("", round_)}
    if "" in units:
        copy["rows"] = read(f"summaries/?round={quote(round_)}&page_size=1000")
        return
    for unit in units:
        for key in [key for key in copy["rows"] if key.split()[0] == unit]:
            del copy["rows"][key]
        copy["rows"] |= read(f"summaries/?round={quote(round_)}&unit={quote(unit)}")


def read(address):
    """Return the rows of a list by unit and basis."""
    return {f"{row['unit']} {row['basis']}": row for row in rows(address)}


if __name__ == "__main__":
    {"first": first, "summaries": summaries, "follow": follow}[sys.argv[1]](*sys.argv[2:])
