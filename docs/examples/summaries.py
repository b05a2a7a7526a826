"""Pull all summaries of a round as CSV, with nothing but Python's own library.

API=http://127.0.0.1:8000/api/v1 TOKEN=ntm_… python summaries.py 2020-Q4 > summaries.csv
"""

import json
import os
import sys
from csv import DictWriter
from urllib.parse import urlencode
from urllib.request import Request, urlopen


def rows(address, token):
    """Yield every row of a list, page after page."""
    while address:
        request = Request(address, headers={"Authorization": f"Token {token}"})
        with urlopen(request) as response:
            page = json.load(response)
        yield from page["results"]
        address = page["next"]


def main():
    """Write the rows in the order of the description, a column for each field."""
    query = urlencode({"round": sys.argv[1], "page_size": 1000})
    found = rows(f"{os.environ['API']}/summaries/?{query}", os.environ["TOKEN"])
    writer = None
    for row in found:
        if writer is None:
            writer = DictWriter(sys.stdout, row)
            writer.writeheader()
        writer.writerow(row)


main()
