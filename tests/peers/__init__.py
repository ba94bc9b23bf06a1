"""Mistakes that systems like this one have made, each as a test that the sync does not make it.

| The mistake | Where it is held |
|---|---|
| A malformed message is acknowledged and lost | `test_messages` |
| A backend's error turns into a shorter list | `test_shorter_lists` |
| A soft delete empties the values | `test_kept_values` |
| A reload deletes the rows just loaded | `test_reload` |
| Paging repeats its first page, or never ends | `test_pages` |
| An empty page at the largest size; records twice over pages | `test_pages` |
| The same payment is shown twice | `test_payments` |
| One citizen fails, the run is green | `test_one_failed_number` |
| An empty or protected address wipes out a good one | `test_empty_address` |
| Numbers and replies in the logs | `tests/way/test_canary`, `tests/connectors/cases/privacy` |
| A bulk load tells nobody | `test_backfill` |
| A SOAP dialect of one's own, the certificate unasked for | `test_dialect`, and all of `tests/korsbaek/soap` |
"""
