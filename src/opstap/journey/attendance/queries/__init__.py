"""What the attendance room lets others read."""
