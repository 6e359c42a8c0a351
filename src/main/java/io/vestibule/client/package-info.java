/**
 * The courier's and the door's side of the wire: what the command line and the demo need to play
 * them.
 */
@NullMarked
package io.vestibule.client;

import org.jspecify.annotations.NullMarked;
