"""The components of the interface: plain functions from declared props to the context of their template."""
