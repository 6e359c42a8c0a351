/** Finds building, door and courier, and writes them. */
@NullMarked
package io.vestibule.directory;

import org.jspecify.annotations.NullMarked;
