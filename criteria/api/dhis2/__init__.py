"""What DHIS2 says and hears: its metadata of our units and measures, its data value sets."""
