"""The steering floor: screens over many rooms."""
