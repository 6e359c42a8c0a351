/** What doors' telemetry costs, and how little unlocks notice of it. */
@NullMarked
package io.vestibule.load.telemetry;

import org.jspecify.annotations.NullMarked;
