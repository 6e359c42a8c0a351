/** What a decision costs: benchmarks of the product's own classes. */
@NullMarked
package io.vestibule.load.decision;

import org.jspecify.annotations.NullMarked;
