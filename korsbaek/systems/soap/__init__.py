"""SOAP as the vendor systems speak it: messages, the three envelopes, faults, and one WSGI service a contract."""
