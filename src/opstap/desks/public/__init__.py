"""The public desk: what everybody may see, and the way in."""
