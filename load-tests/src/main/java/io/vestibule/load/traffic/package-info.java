/**
 * Load: a city of doors on mTLS that answer commands, and couriers' requests that arrive when they
 * are due, whether or not earlier ones were answered. One event loop owns all of its connections
 * and what is recorded of them.
 */
@NullMarked
package io.vestibule.load.traffic;

import org.jspecify.annotations.NullMarked;
