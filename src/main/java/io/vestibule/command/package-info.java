/** Asks a door to open wherever its session lives, and says how that ended. */
@NullMarked
package io.vestibule.command;

import org.jspecify.annotations.NullMarked;
