"""OIO-IDWS in Python: tokens from a security token service, signed calls, verified replies, access tokens for REST.

Nothing of it is needed for mutual TLS alone; a Connection asks for it with extra.auth = "idws".
"""
