/** What a scrape takes and shows with one door, and with as many as a gateway holds. */
@NullMarked
package io.vestibule.load.scrape;

import org.jspecify.annotations.NullMarked;
