/** Remembers how each thing that the gateway stands on does, and since when. */
@NullMarked
package io.vestibule.health;

import org.jspecify.annotations.NullMarked;
