package io.vestibule.door;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.vestibule.concurrent.AnyThread;
import java.security.cert.X509Certificate;
import java.util.Optional;

/** What a CONNECT asks for, and the certificate that the connection was made with. */
@AnyThread
final class ConnectRequest {
  private final MqttConnectMessage message;
  private final Optional<X509Certificate> certificate;

  /** A connection without TLS has no certificate; with TLS it must have one. */
  ConnectRequest(MqttConnectMessage message, Optional<X509Certificate> certificate) {
    this.message = message;
    this.certificate = certificate;
  }

  Optional<X509Certificate> certificate() {
    return certificate;
  }

  int protocolLevel() {
    return message.variableHeader().version();
  }

  boolean mqtt5() {
    return protocolLevel() == MqttVersion.MQTT_5.protocolLevel();
  }

  String clientId() {
    return message.payload().clientIdentifier();
  }

  Optional<String> userName() {
    return message.variableHeader().hasUserName()
        ? Optional.ofNullable(message.payload().userName())
        : Optional.empty();
  }

  Optional<byte[]> password() {
    return message.variableHeader().hasPassword()
        ? Optional.ofNullable(message.payload().passwordInBytes())
        : Optional.empty();
  }

  boolean will() {
    return message.variableHeader().isWillFlag();
  }

  boolean authenticationMethod() {
    return message.variableHeader().properties().getProperty(MqttProperties.AUTHENTICATION_METHOD)
        != null;
  }

  int keepAliveSeconds() {
    return message.variableHeader().keepAliveTimeSeconds();
  }

  /** Of MQTT 5; {@code absent} where the door named none, or more than an int holds. */
  int property(int propertyId, int absent) {
    MqttProperties.MqttProperty<?> property =
        message.variableHeader().properties().getProperty(propertyId);
    return property != null && property.value() instanceof Integer value && value >= 0
        ? value
        : absent;
  }
}
