package io.vestibule.load.revocation;

/** One request to a node and its outcome; times are nanoseconds of the monotonic clock. */
record Probe(long sentAt, long answeredAt, String outcome) {}
