package io.vestibule.store;

import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.UnlockId;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The one place that builds Redis keys. What belongs to a building's unlocks is under {@code
 * vb:{<shard>}:}, where the shard is one of 1,024 by the building's id, so that all keys of one
 * script share a slot. Directory entries are under {@code vd:}.
 */
public final class Keys {
  /** Fixed for ever: another number moves every key. */
  public static final int SHARD_COUNT = 1024;

  private static final int SHARD_DIGITS = 3;
  private static final String BUILDING = "vd:building:";
  private static final String DOOR = "vd:door:";
  private static final String COURIER = "vd:courier:";
  private static final String LOCKDOWN = "vd:lockdown:";

  private Keys() {}

  /** Three hexadecimal digits. */
  public static String shard(BuildingId building) {
    CRC32 crc = new CRC32();
    crc.update(building.text().getBytes(StandardCharsets.UTF_8));
    return shard((int) (crc.getValue() % SHARD_COUNT));
  }

  public static String shard(int index) {
    return HexFormat.of().toHexDigits(index, SHARD_DIGITS);
  }

  /** The shard inside an unlock's id; empty when it was not made by a gateway. */
  public static Optional<String> shard(UnlockId unlock) {
    String text = unlock.text();
    if (text.length() <= SHARD_DIGITS || text.charAt(0) != 'u') {
      return Optional.empty();
    }
    String digits = text.substring(1, 1 + SHARD_DIGITS);
    return digits.chars().allMatch(Keys::lowerHex) ? Optional.of(digits) : Optional.empty();
  }

  public static String building(BuildingId building) {
    return BUILDING + building;
  }

  /** The ids of a building's doors; the tag puts it into the slot of the building's own key. */
  public static String buildingDoors(BuildingId building) {
    return "vd:doors:{" + building(building) + "}";
  }

  public static String door(DoorId door) {
    return DOOR + door;
  }

  public static String courier(CourierId courier) {
    return COURIER + courier;
  }

  public static String lockdown(BuildingId building) {
    return LOCKDOWN + "{" + shard(building) + "}:" + building;
  }

  /** What the keys of directory entries begin with, and no others. */
  static List<String> directoryPrefixes() {
    return List.of(BUILDING, DOOR, COURIER, LOCKDOWN);
  }

  /** The building that this is the key of; empty for any other key. */
  public static Optional<BuildingId> readBuilding(String key) {
    return rest(key, BUILDING).flatMap(BuildingId::parse);
  }

  /** The door that this is the key of; empty for any other key. */
  public static Optional<DoorId> readDoor(String key) {
    return rest(key, DOOR).flatMap(DoorId::parse);
  }

  /** The courier that this is the key of; empty for any other key. */
  public static Optional<CourierId> readCourier(String key) {
    return rest(key, COURIER).flatMap(CourierId::parse);
  }

  /** The building whose lockdown this is the key of; empty for any other key. */
  public static Optional<BuildingId> readLockdown(String key) {
    return rest(key, LOCKDOWN)
        .map(tagged -> tagged.substring(tagged.indexOf(':') + 1))
        .flatMap(BuildingId::parse);
  }

  public static String grant(BuildingId building, GrantId grant) {
    return sharded(shard(building), "grant", grant.text());
  }

  /** Which building a grant is in, found by the grant's id alone. */
  public static String grantIndex(GrantId grant) {
    return "vg:" + grant;
  }

  public static String attempt(String shard, UnlockId unlock) {
    return sharded(shard, "attempt", unlock.text());
  }

  /**
   * The attempt that a courier made with a {@code jti}, in whichever building: the digits of its id
   * after the shard are theirs alone.
   */
  public static String jti(String digits) {
    return "vj:" + digits;
  }

  /** The attempts without an outcome, by the deadline of each. */
  public static String pending(String shard) {
    return "vb:{" + shard + "}:pending";
  }

  /** When visits to the door were claimed of late. */
  public static String rate(BuildingId building, DoorId door) {
    return sharded(shard(building), "rate", door.text());
  }

  public static String audit(BuildingId building) {
    return sharded(shard(building), "audit", building.text());
  }

  /** How many days each building of the shard that has a log keeps its records. */
  public static String retention(String shard) {
    return "vb:{" + shard + "}:retention";
  }

  /** How many doors the shard's buildings have, as somebody counted of late. */
  public static String doorCount(String shard) {
    return "vb:{" + shard + "}:doors";
  }

  /** Whether the building's log has the record of this name. */
  public static String recorded(BuildingId building, String name) {
    return sharded(shard(building), "recorded", building + ":" + name);
  }

  /** How many denials this minute has in the building's log, and how many more it had. */
  public static String denials(BuildingId building) {
    return sharded(shard(building), "denials", building.text());
  }

  /** The buildings with denials that are counted and not yet on record, by their minute's end. */
  public static String suppressed(String shard) {
    return "vb:{" + shard + "}:suppressed";
  }

  /** Which events of the door are stored. */
  public static String events(BuildingId building, DoorId door) {
    return sharded(shard(building), "events", door.text());
  }

  public static String telemetry(DoorId door) {
    return "vt:" + door;
  }

  /** Which node holds the door's session. */
  public static String place(DoorId door) {
    return "vr:" + door;
  }

  /** There while the node is alive; in the slot of its channel. */
  public static String lease(String node) {
    return "vn:lease:{" + node + "}";
  }

  /** The channel on which a node hears the others. */
  public static String channel(String node) {
    return "vn:to:{" + node + "}";
  }

  /** What all canaries of one process begin with. */
  static String canaryPrefix(String process) {
    return "vx:canary:" + process + ":";
  }

  /** The key of one canary's flight, in the slot of the tag. */
  static String canary(String process, long number, String slotTag) {
    return canaryPrefix(process) + number + ":{" + slotTag + "}";
  }

  /** A remembered request, by the hash of whose it is and how they call it. */
  public static String idempotency(String hash) {
    return "vi:" + hash;
  }

  private static Optional<String> rest(String key, String prefix) {
    return key.startsWith(prefix) ? Optional.of(key.substring(prefix.length())) : Optional.empty();
  }

  private static String sharded(String shard, String kind, String id) {
    return "vb:{" + shard + "}:" + kind + ":" + id;
  }

  private static boolean lowerHex(int c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
