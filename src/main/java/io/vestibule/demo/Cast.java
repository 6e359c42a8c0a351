package io.vestibule.demo;

import io.vestibule.access.Location;
import java.util.List;
import java.util.stream.IntStream;

/** Who and what the play is about. */
final class Cast {
  static final String MANAGER = "harbour-homes";
  static final String SWIFT = "swift";
  static final String PEDAL = "pedal";
  static final Location STREET = new Location(52.3784, 4.9009);
  static final Location ELSEWHERE = new Location(52.3676, 4.9041);

  final Courier ann = new Courier("ann", SWIFT, Phone.ed25519());
  final Courier ben = new Courier("ben", SWIFT, Phone.p256());
  // Dismissed, not screened any more, robbed of a phone; pia rides for the other carrier.
  final Courier sid = new Courier("sid", SWIFT, Phone.ed25519());
  final Courier lou = new Courier("lou", SWIFT, Phone.ed25519());
  final Courier kim = new Courier("kim", SWIFT, Phone.ed25519());
  final Courier pia = new Courier("pia", PEDAL, Phone.p256());
  final Phone kimsStolenPhone = Phone.ed25519();
  final Phone attackersPhone = Phone.ed25519();

  private final String managerToken;
  private final String swiftToken;
  private final String pedalToken;
  private final List<String> ordinaryDoors;

  Cast(Stage.Tokens tokens, int doorCount) {
    this.managerToken = tokens.issue(MANAGER, "policy:write doors:write");
    this.swiftToken = tokens.issue(SWIFT, "couriers:write grants:write");
    this.pedalToken = tokens.issue(PEDAL, "couriers:write grants:write");
    this.ordinaryDoors =
        IntStream.rangeClosed(Role.values().length + 1, doorCount)
            .mapToObj(number -> "door-" + number)
            .toList();
  }

  String managerToken() {
    return managerToken;
  }

  String carrierToken(Courier courier) {
    return courier.carrier().equals(SWIFT) ? swiftToken : pedalToken;
  }

  /** The doors without a role, at least one. */
  List<String> ordinaryDoors() {
    return ordinaryDoors;
  }
}
