"""An employers' association: members, sites, functions, coaches, contracts, and what sites ask for."""
