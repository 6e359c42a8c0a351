/** Figures, their bounds, and the report that they make. */
@NullMarked
package io.vestibule.load.report;

import org.jspecify.annotations.NullMarked;
