package io.vestibule.directory;

/** The kinds of entries that are kept in memory. */
enum Kind {
  /** A building with its lockdown. */
  BUILDING("building"),
  DOOR("door"),
  COURIER("courier");

  private final String code;

  Kind(String code) {
    this.code = code;
  }

  /** As metrics have it. */
  String code() {
    return code;
  }
}
