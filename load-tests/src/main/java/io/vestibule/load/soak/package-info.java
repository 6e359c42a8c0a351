/** Whether a gateway under load for long keeps its size. */
@NullMarked
package io.vestibule.load.soak;

import org.jspecify.annotations.NullMarked;
