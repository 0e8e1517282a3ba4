"""A run: session, worker thread, mailbox, history."""
