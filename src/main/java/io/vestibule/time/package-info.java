/** Reads the clocks; nothing else does. */
@NullMarked
package io.vestibule.time;

import org.jspecify.annotations.NullMarked;
