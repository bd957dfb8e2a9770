"""What the DAGs share: running the program, settings, notices. No rule of the business is here."""
