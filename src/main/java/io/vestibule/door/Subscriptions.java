package io.vestibule.door;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttReasonCodes.SubAck;
import io.netty.handler.codec.mqtt.MqttReasonCodes.UnsubAck;
import io.netty.handler.codec.mqtt.MqttTopicSubscription;
import io.vestibule.concurrent.LoopConfined;
import java.util.Optional;

/** What one door listens to: its own command and response topics, and nothing else. */
@LoopConfined
final class Subscriptions {
  private final DoorTopics topics;
  private final boolean mqtt5;
  private Optional<MqttQoS> command = Optional.empty();
  private Optional<MqttQoS> response = Optional.empty();

  Subscriptions(DoorTopics topics, boolean mqtt5) {
    this.topics = topics;
    this.mqtt5 = mqtt5;
  }

  /** The QoS granted for commands; empty while the door would not see one. */
  Optional<MqttQoS> command() {
    return command;
  }

  Optional<MqttQoS> response() {
    return response;
  }

  /** The SUBACK code of one filter. */
  int add(MqttTopicSubscription asked) {
    String filter = asked.topicFilter();
    // Maximum QoS is 1; [MQTT-3.8.4-7] lets a server grant less than was asked.
    MqttQoS granted =
        asked.qualityOfService() == MqttQoS.AT_MOST_ONCE
            ? MqttQoS.AT_MOST_ONCE
            : MqttQoS.AT_LEAST_ONCE;
    if (filter.equals(topics.command())) {
      command = Optional.of(granted);
    } else if (filter.equals(topics.response())) {
      response = Optional.of(granted);
    } else {
      return code(refusal(filter));
    }
    return granted.value();
  }

  /** The UNSUBACK code of one filter. */
  short remove(String filter) {
    boolean existed = false;
    if (filter.equals(topics.command())) {
      existed = command.isPresent();
      command = Optional.empty();
    } else if (filter.equals(topics.response())) {
      existed = response.isPresent();
      response = Optional.empty();
    }
    return (existed ? UnsubAck.SUCCESS : UnsubAck.NO_SUBSCRIPTION_EXISTED).byteValue();
  }

  private static SubAck refusal(String filter) {
    if (filter.startsWith("$share/")) {
      return SubAck.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
    }
    return filter.indexOf('+') >= 0 || filter.indexOf('#') >= 0
        ? SubAck.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED
        : SubAck.NOT_AUTHORIZED;
  }

  private int code(SubAck refusal) {
    // [MQTT-3.9.3-2] MQTT 3.1.1 knows one failure.
    SubAck known = mqtt5 ? refusal : SubAck.UNSPECIFIED_ERROR;
    return Byte.toUnsignedInt(known.byteValue());
  }
}
