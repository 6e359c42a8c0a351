package io.vestibule.http;

import java.util.Map;

/** Whether the gateway should be sent traffic; may be asked on any thread. */
@FunctionalInterface
public interface Readiness {
  /** Each condition by its name; ready when all hold. */
  Map<String, Boolean> checks();
}
