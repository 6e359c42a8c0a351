/** Many doors that connect at once, for the first time and after their gateway died. */
@NullMarked
package io.vestibule.load.connections;

import org.jspecify.annotations.NullMarked;
