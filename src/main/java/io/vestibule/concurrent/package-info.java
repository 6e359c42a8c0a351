/** Runs work on the loop that owns the state it touches. */
@NullMarked
package io.vestibule.concurrent;

import org.jspecify.annotations.NullMarked;
