"""The API's addresses: composition only."""
