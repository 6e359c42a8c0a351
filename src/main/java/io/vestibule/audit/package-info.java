/** Keeps every outcome and door event in order per building. */
@NullMarked
package io.vestibule.audit;

import org.jspecify.annotations.NullMarked;
