/** Builds, starts and ends what a scenario stands on. */
@NullMarked
package io.vestibule.load.stage;

import org.jspecify.annotations.NullMarked;
