/** The catalogue of what is measured. */
@NullMarked
package io.vestibule.metrics;

import org.jspecify.annotations.NullMarked;
