"""The search that SF1470 and SF1490 share: expressions over examples, filter, order, pages."""
