package io.vestibule.load.stage;

import io.vestibule.load.wire.Command;
import io.vestibule.load.wire.MqttLine;
import io.vestibule.load.wire.TlsIdentity;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/** A door on a target's TLS port that says at once that it opened, until it is closed. */
record AckingDoor(SSLSocket socket) implements AutoCloseable {
  static AckingDoor connect(Target target, String id) throws IOException {
    TlsIdentity identity =
        TlsIdentity.read(
            target.pki().resolve("doors/" + id + ".pem"),
            target.pki().resolve("doors/" + id + "-key.pem"),
            TlsIdentity.Authority.read(target.pki().resolve("ca.pem")));
    Socket socket = new Socket(target.mqtts().getAddress(), target.mqtts().getPort());
    socket.setTcpNoDelay(true);
    SSLSocket secured =
        (SSLSocket)
            identity
                .context()
                .getSocketFactory()
                .createSocket(socket, "localhost", socket.getPort(), true);
    MqttLine line = MqttLine.connect(secured, id);
    Thread acking = new Thread(() -> ack(line), id);
    acking.setDaemon(true);
    acking.start();
    return new AckingDoor(secured);
  }

  boolean connected() {
    return !socket.isClosed();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static void ack(MqttLine line) {
    try {
      while (true) {
        MqttLine.Packet packet = line.receive();
        if (packet.publish()) {
          line.acknowledge(packet);
          line.publish("ack", line.nextPacketId(), Command.read(packet.payload()).ack("opened"));
        }
      }
    } catch (IOException e) {
      // The end of the test.
    }
  }
}
