/** Writes the log: one line a fact, as text or JSON, at a bounded rate. */
@NullMarked
package io.vestibule.app.log;

import org.jspecify.annotations.NullMarked;
