package io.vestibule.access;

/**
 * What rules look at in a request, worked out once for all of them.
 *
 * @param meters from the building; infinite where the courier does not say, or the building has no
 *     location
 */
record Circumstances(boolean screened, int weekMinute, double meters) {}
