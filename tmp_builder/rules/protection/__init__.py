"""PRO: clearances, filings, priority, publication and recordal."""
