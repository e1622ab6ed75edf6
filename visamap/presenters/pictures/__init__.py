"""Maps and charts: SVG, pages that hold them, PNG."""
