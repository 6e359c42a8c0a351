/** Unlock requests over mTLS doors: how fast, how many, and at what cost. */
@NullMarked
package io.vestibule.load.unlock;

import org.jspecify.annotations.NullMarked;
