/** Breaks what gateways stand on, at random and under load, and compares what everybody saw. */
@NullMarked
package io.vestibule.load.faults;

import org.jspecify.annotations.NullMarked;
