"""The portal measured against the bare database doing the same work in the same run.

A ratio of 3 says: the portal takes three times as long as the few statements that the work comes
down to, sent by hand over the same connection. Times depend on the machine, ratios hardly do.
"""
