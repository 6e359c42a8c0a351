/** Carries one unlock through its stages, in order, and closes it with one audit record. */
@NullMarked
package io.vestibule.unlock;

import org.jspecify.annotations.NullMarked;
