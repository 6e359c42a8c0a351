package io.vestibule.door;

/** The version of MQTT that a connection speaks, and whether TLS carries it. */
enum LineKind {
  MQTT_3_1_1_TLS("mqtt_3_1_1", "tls"),
  MQTT_3_1_1_PLAIN("mqtt_3_1_1", "plain"),
  MQTT_5_TLS("mqtt_5", "tls"),
  MQTT_5_PLAIN("mqtt_5", "plain");

  private final String protocol;
  private final String transport;

  LineKind(String protocol, String transport) {
    this.protocol = protocol;
    this.transport = transport;
  }

  static LineKind of(boolean mqtt5, boolean tls) {
    if (mqtt5) {
      return tls ? MQTT_5_TLS : MQTT_5_PLAIN;
    }
    return tls ? MQTT_3_1_1_TLS : MQTT_3_1_1_PLAIN;
  }

  /** A value of {@link io.vestibule.metrics.Tag#PROTOCOL}. */
  String protocol() {
    return protocol;
  }

  /** A value of {@link io.vestibule.metrics.Tag#TRANSPORT}. */
  String transport() {
    return transport;
  }
}
