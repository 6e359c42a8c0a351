/** Reads what a gateway shows of itself at {@code /metrics}. */
@NullMarked
package io.vestibule.load.metrics;

import org.jspecify.annotations.NullMarked;
