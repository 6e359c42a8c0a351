package io.vestibule.load.revocation;

import java.util.Locale;

/** What is taken back, and the reason that requests get from then on. */
enum Kind {
  COURIER_SUSPENDED("courier_suspended"),
  KEY_REMOVED("unknown_key"),
  CONSENT_LIFTED("no_consent"),
  LOCKDOWN("lockdown"),
  DOOR_SUSPENDED("door_suspended"),
  GRANT_REVOKED("grant_revoked");

  private final String refusal;

  Kind(String refusal) {
    this.refusal = refusal;
  }

  String refusal() {
    return refusal;
  }

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
