"""The steering floor: what is seen over many rooms."""
