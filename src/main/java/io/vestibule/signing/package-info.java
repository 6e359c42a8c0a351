/** Signs and verifies: JWS in, JWS out, and the keys. */
@NullMarked
package io.vestibule.signing;

import org.jspecify.annotations.NullMarked;
