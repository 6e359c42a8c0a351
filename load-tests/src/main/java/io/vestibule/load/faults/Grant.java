package io.vestibule.load.faults;

/** What a courier may use at a door, and how often; each opening is a use. */
record Grant(String id, String courier, String door, int usesMax) {}
