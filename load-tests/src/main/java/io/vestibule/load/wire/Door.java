package io.vestibule.load.wire;

import java.io.IOException;

/**
 * A door on the gateway's plain port: it says that it opened as soon as it is commanded, and
 * verifies nothing.
 */
public final class Door implements AutoCloseable {
  private final MqttLine line;

  private Door(MqttLine line) {
    this.line = line;
  }

  /** Connected, and subscribed to its commands. */
  public static Door connect(int port, String id, String secret) throws IOException {
    Door door = new Door(MqttLine.connect(port, id, secret, 0));
    Thread thread = new Thread(door::serve, "door-" + id);
    thread.setDaemon(true);
    thread.start();
    return door;
  }

  @Override
  public void close() throws IOException {
    line.close();
  }

  private void serve() {
    try {
      while (true) {
        MqttLine.Packet packet = line.receive();
        if (packet.publish()) {
          commanded(packet);
        }
      }
    } catch (IOException e) {
      // The end of the run, or of the gateway: a request then says that the door is offline.
    }
  }

  private void commanded(MqttLine.Packet packet) throws IOException {
    line.acknowledge(packet);
    line.publish("ack", line.nextPacketId(), Command.read(packet.payload()).ack("opened"));
  }
}
