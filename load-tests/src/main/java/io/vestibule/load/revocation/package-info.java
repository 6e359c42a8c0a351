/** The time from a change to the first refusal, on each of two nodes. */
@NullMarked
package io.vestibule.load.revocation;

import org.jspecify.annotations.NullMarked;
