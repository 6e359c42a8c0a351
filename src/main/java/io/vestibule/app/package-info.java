/** Reads configuration, builds every object, starts and stops them in order; the command line. */
@NullMarked
package io.vestibule.app;

import org.jspecify.annotations.NullMarked;
