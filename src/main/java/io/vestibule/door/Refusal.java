package io.vestibule.door;

import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_CONNECTION_RATE_EXCEEDED;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE_5;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION;
import static io.netty.handler.codec.mqtt.MqttConnectReturnCode.CONNECTION_REFUSED_USE_ANOTHER_SERVER;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;

/** Why a CONNECT was refused: the code of each protocol version, and what it counts as. */
enum Refusal {
  CLIENT_ID(
      CONNECTION_REFUSED_IDENTIFIER_REJECTED,
      CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID,
      RefusalCause.CLIENT_ID),
  /** The client id is not the certificate's name. */
  NAME_OF_ANOTHER(
      CONNECTION_REFUSED_NOT_AUTHORIZED,
      CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID,
      RefusalCause.CLIENT_ID),
  CERTIFICATE(
      CONNECTION_REFUSED_NOT_AUTHORIZED,
      CONNECTION_REFUSED_NOT_AUTHORIZED_5,
      RefusalCause.CERTIFICATE),
  REVOKED(
      CONNECTION_REFUSED_NOT_AUTHORIZED, CONNECTION_REFUSED_NOT_AUTHORIZED_5, RefusalCause.REVOKED),
  CREDENTIALS(
      CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD,
      CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD,
      RefusalCause.CREDENTIALS),
  UNREGISTERED(
      CONNECTION_REFUSED_NOT_AUTHORIZED,
      CONNECTION_REFUSED_NOT_AUTHORIZED_5,
      RefusalCause.UNREGISTERED),
  WILL(
      CONNECTION_REFUSED_NOT_AUTHORIZED,
      CONNECTION_REFUSED_NOT_AUTHORIZED_5,
      RefusalCause.PROTOCOL),
  AUTHENTICATION_METHOD(
      CONNECTION_REFUSED_NOT_AUTHORIZED,
      CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD,
      RefusalCause.PROTOCOL),
  VERSION(
      CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION,
      CONNECTION_REFUSED_UNSUPPORTED_PROTOCOL_VERSION,
      RefusalCause.PROTOCOL),
  DRAINING(
      CONNECTION_REFUSED_SERVER_UNAVAILABLE,
      CONNECTION_REFUSED_USE_ANOTHER_SERVER,
      RefusalCause.DRAINING),
  /** It came and went too often of late: each time puts two records on its building's log. */
  TOO_OFTEN(
      CONNECTION_REFUSED_SERVER_UNAVAILABLE,
      CONNECTION_REFUSED_CONNECTION_RATE_EXCEEDED,
      RefusalCause.TOO_OFTEN),
  STORE_UNAVAILABLE(
      CONNECTION_REFUSED_SERVER_UNAVAILABLE,
      CONNECTION_REFUSED_SERVER_UNAVAILABLE_5,
      RefusalCause.STORE_UNAVAILABLE);

  private final MqttConnectReturnCode version3;
  private final MqttConnectReturnCode version5;
  private final RefusalCause cause;

  Refusal(MqttConnectReturnCode version3, MqttConnectReturnCode version5, RefusalCause cause) {
    this.version3 = version3;
    this.version5 = version5;
    this.cause = cause;
  }

  MqttConnectReturnCode code(boolean mqtt5) {
    return mqtt5 ? version5 : version3;
  }

  RefusalCause cause() {
    return cause;
  }
}
