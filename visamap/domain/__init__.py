"""One pure function per question: no clock, no printing, no English sentences."""
