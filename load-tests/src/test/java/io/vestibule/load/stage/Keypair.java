package io.vestibule.load.stage;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A key and its certificate, signed by itself, so that it is its own authority. */
record Keypair(KeyStore store) {
  private static final char[] PASSWORD = "password".toCharArray();
  private static final String ALIAS = "own";

  static Keypair make(Path directory, String name) throws Exception {
    Path file = directory.resolve(name + ".p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                (keytool
                        + " -genkeypair -keyalg EC -groupname secp256r1 -dname CN=localhost"
                        + " -storetype PKCS12 -storepass password -alias own -keystore ")
                    .concat(file.toString())
                    .split(" "))
            .redirectErrorStream(true)
            .start();
    process.getInputStream().readAllBytes();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return new Keypair(store);
  }

  /** As authority and as {@code door-1}. */
  void writeAsDoor(Path pki) throws Exception {
    String certificate = pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
    Files.writeString(pki.resolve("ca.pem"), certificate);
    Files.writeString(pki.resolve("doors/door-1.pem"), certificate);
    Files.writeString(
        pki.resolve("doors/door-1-key.pem"),
        pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded()));
  }

  /** Shows this certificate, demands one of that authority, and answers one byte to any. */
  Server serve(Keypair trusted) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    KeyStore authority = KeyStore.getInstance("JKS");
    authority.load(null, null);
    authority.setCertificateEntry("ca", trusted.store().getCertificate(ALIAS));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(authority);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(true);
    Thread thread = new Thread(() -> answerOne(socket), "doors");
    thread.setDaemon(true);
    thread.start();
    return new Server(socket);
  }

  record Server(SSLServerSocket socket) implements AutoCloseable {
    InetSocketAddress address() {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static void answerOne(SSLServerSocket server) {
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        if (socket.getInputStream().read() >= 0) {
          socket.getOutputStream().write(0x20);
        }
      } catch (IOException e) {
        // The other side went, or the test is over: the client says what it saw.
      }
    }
  }

  private static String pem(String kind, byte[] bytes) {
    String base64 = Base64.getMimeEncoder().encodeToString(bytes);
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, base64, kind);
  }
}
