package io.vestibule.demo;

/** A courier of one of the two carriers, with a phone of their own. */
record Courier(String id, String carrier, Phone phone) {}
