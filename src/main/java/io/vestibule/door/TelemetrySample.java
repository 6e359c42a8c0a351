package io.vestibule.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * One sample, within its bounds.
 *
 * @param json the known members as the door wrote them
 * @param battery in percent
 * @param rssi in dBm
 */
record TelemetrySample(ObjectNode json, Optional<Double> battery, Optional<Double> rssi) {}
