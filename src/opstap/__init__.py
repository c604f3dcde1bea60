"""Opstap: from a name on a referral list to lasting work."""
