/** Keeps grants; claims a visit for one attempt, at most once across gateways. */
@NullMarked
package io.vestibule.grant;

import org.jspecify.annotations.NullMarked;
