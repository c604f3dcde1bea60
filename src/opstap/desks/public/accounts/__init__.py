"""The way in: logging in, the demonstration's one-click logins, and where each role lands."""
