package io.vestibule.demo;

/** A grant as the carrier's backend knows it, with the text on one of its parcels. */
record Grant(String id, Courier courier, String door, String label) {
  /** A second parcel of the same grant. */
  String secondLabel() {
    return label + "-B";
  }
}
