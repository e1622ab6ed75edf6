"""Results as pictures: the map and the charts."""
