/** Plays a working day against a running gateway, over the wire alone, and tells how it went. */
@NullMarked
package io.vestibule.demo;

import org.jspecify.annotations.NullMarked;
