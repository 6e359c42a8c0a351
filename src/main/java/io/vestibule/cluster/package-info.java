/** Knows which gateway holds which door, and carries what gateways say to each other. */
@NullMarked
package io.vestibule.cluster;

import org.jspecify.annotations.NullMarked;
