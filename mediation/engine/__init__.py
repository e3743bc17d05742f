"""What open-source viewflow lacks: one lock, safe steps, clocks that ring once, honest diagrams."""
