/**
 * Speaks MQTT to doors: connect, authenticate, requests and events in, commands out, acks matched.
 */
@NullMarked
package io.vestibule.door;

import org.jspecify.annotations.NullMarked;
