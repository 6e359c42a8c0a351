/** A day of a city's deliveries in a few minutes. */
@NullMarked
package io.vestibule.load.delivery;

import org.jspecify.annotations.NullMarked;
