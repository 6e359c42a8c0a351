/** Follows single requests through the stages, by OpenTelemetry; nothing else knows of it. */
@NullMarked
package io.vestibule.tracing;

import org.jspecify.annotations.NullMarked;
