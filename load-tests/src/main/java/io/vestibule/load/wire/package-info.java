/**
 * The courier's, the operator's and the door's side of the wire, written from docs/WIRE.md alone.
 */
@NullMarked
package io.vestibule.load.wire;

import org.jspecify.annotations.NullMarked;
