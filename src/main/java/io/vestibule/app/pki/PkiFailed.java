package io.vestibule.app.pki;

/** The PKI was not made, or not wholly; the message is one line and says the mend. */
public final class PkiFailed extends Exception {
  private static final long serialVersionUID = 1L;

  PkiFailed(String message) {
    super(message, null, false, false);
  }
}
