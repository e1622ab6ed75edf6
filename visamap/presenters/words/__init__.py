"""The words and sentences behind codes, whatever form or page they end up in."""
