/**
 * The configuration as immutable records, read from YAML and environment with all faults at once.
 */
@NullMarked
package io.vestibule.config;

import org.jspecify.annotations.NullMarked;
