package io.vestibule.unlock;

/** Where a request came in. */
public enum Edge {
  HTTP,
  MQTT
}
