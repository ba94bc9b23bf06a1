"""A vendor twin: a server of any OpenAPI or WSDL contract, with invented records, that misbehaves on demand.

It knows of the vendor what the contract says and nothing more. `app` speaks the contract; between it and the wire stand
the same faults as before the town's own systems (docs/hostile.md).
"""
