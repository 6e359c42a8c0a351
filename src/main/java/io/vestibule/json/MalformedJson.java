package io.vestibule.json;

/** The bytes are not one JSON value in UTF-8 within the bounds; the text says where and why. */
public final class MalformedJson extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedJson(String message) {
    super(message, null, false, false);
  }
}
