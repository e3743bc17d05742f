"""Signatures and seals on issued papers, added after the issued bytes and never inside them."""
