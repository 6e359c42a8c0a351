/** Decides from a request, policy and an instant; owns the domain's words, ids and reasons. */
@NullMarked
package io.vestibule.access;

import org.jspecify.annotations.NullMarked;
