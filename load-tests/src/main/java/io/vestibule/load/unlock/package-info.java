/**
 * Unlocks over mTLS doors: how fast at a steady rate, how many at most, at what cost, and how both
 * compare with another stack and with more doors and grants.
 */
@NullMarked
package io.vestibule.load.unlock;

import org.jspecify.annotations.NullMarked;
