/** The command line of the load tests: one subcommand a scenario. */
@NullMarked
package io.vestibule.load;

import org.jspecify.annotations.NullMarked;
