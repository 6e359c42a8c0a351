/** Reads JSON strictly and names each fault by its pointer. */
@NullMarked
package io.vestibule.json;

import org.jspecify.annotations.NullMarked;
