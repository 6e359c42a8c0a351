/** Reads the clocks, which nothing else does, and writes times. */
@NullMarked
package io.vestibule.time;

import org.jspecify.annotations.NullMarked;
