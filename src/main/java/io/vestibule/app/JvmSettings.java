package io.vestibule.app;

/** The system properties that libraries read once, when they load; a given one wins. */
final class JvmSettings {
  private JvmSettings() {}

  /** To be called before anything else loads. */
  static void apply() {
    // Without it the Corretto provider offers no Ed25519, and the JDK's own is many times slower.
    preset("com.amazon.corretto.crypto.provider.registerEdKeyFactory", "true");
    // Nothing here speaks WebSocket, and each connection would carry their handlers.
    preset("vertx.disableWebsockets", "true");
    // Nothing is read from the class path through Vert.x, which would keep a directory for it in a
    // place that may be read-only.
    preset("vertx.disableFileCPResolving", "true");
  }

  private static void preset(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
