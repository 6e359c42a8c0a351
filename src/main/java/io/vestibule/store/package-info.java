/** Speaks to Redis, and knows its one failure. */
@NullMarked
package io.vestibule.store;

import org.jspecify.annotations.NullMarked;
