"""Machine exchange over the network: delivering, applying what came, comparing both lists."""
