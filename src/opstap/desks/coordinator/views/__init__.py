"""What the coordinator sees and does: board, funnel, rounds, proposals, what-if."""
