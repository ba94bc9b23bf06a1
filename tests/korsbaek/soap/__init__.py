"""The SOAP servers of Korsbaek against the published contracts."""
