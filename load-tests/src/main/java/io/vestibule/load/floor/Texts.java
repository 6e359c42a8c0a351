package io.vestibule.load.floor;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What is written for an unlock, each about as long as the gateway's own. */
final class Texts {
  static final String NOT_FOUND = answer("404 Not Found", "{}");
  static final String OFFLINE = answer("503 Service Unavailable", "{\"reason\":\"door_offline\"}");
  static final String TAKEN = answer("200 OK", "{}");

  private static final String ATTEMPT = "floor:attempt:";
  private static final String AUDIT = "floor:audit:";

  /** Stands for what the gateway keeps of an attempt beside its id and its state. */
  private static final String KEPT = ".".repeat(330);

  /** Stands for the record's times, courier, carrier and grant. */
  private static final String RECORDED = ".".repeat(190);

  private static final String ONE_DAY_MS = "86400000";
  private static final String SET = "*6\r\n" + bulk("SET");
  private static final String ONCE =
      bulk("pending" + KEPT) + bulk("NX") + bulk("PX") + bulk(ONE_DAY_MS);
  private static final String APPEND = "*3\r\n" + bulk("APPEND");
  private static final String STATE = bulk(",opened");
  private static final String XADD = "*5\r\n" + bulk("XADD");
  private static final String NEXT_RECORD = bulk("*") + bulk("record");

  private static final int PUBLISH_QOS_1 = 0x32;
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** Says itself that nobody has signed it; the key's id and the signature are as long as real. */
  private static final String HEADER =
      base64("{\"alg\":\"none\",\"kid\":\"%s\",\"typ\":\"command+jwt\"}".formatted("0".repeat(43)));

  private static final String SIGNATURE = "0".repeat(86);

  private Texts() {}

  /** The attempt, and the record of its being granted. */
  static String claim(String unlock, String door) {
    return SET + bulk(ATTEMPT + unlock) + ONCE + record("granted", unlock, door);
  }

  /** The attempt's state, and the record of the opening. */
  static String closing(String unlock, String door) {
    return APPEND + bulk(ATTEMPT + unlock) + STATE + record("opened", unlock, door);
  }

  static String opened(String unlock, String door) {
    return answer(
        "200 OK",
        "{\"unlock\":\""
            + unlock
            + "\",\"door\":\""
            + door
            + "\",\"state\":\"opened\",\"openedAt\":\"0000-00-00T00:00:00.000Z\"}");
  }

  /** A PUBLISH with QoS 1 to the door's own topic. */
  static ByteBuf command(ByteBufAllocator allocator, int packetId, String unlock, String door) {
    String topic = "door/" + door + "/command";
    String jws = HEADER + "." + base64(claims(unlock, door)) + "." + SIGNATURE;
    int size = 2 + topic.length() + 2 + jws.length();
    // A length from 128 to 16,383 is two octets, the lower seven bits first.
    ByteBuf packet = allocator.buffer(3 + size).writeByte(PUBLISH_QOS_1);
    packet.writeByte((size & 0x7F) | 0x80).writeByte(size >> 7).writeShort(topic.length());
    ByteBufUtil.writeAscii(packet, topic);
    packet.writeShort(packetId);
    ByteBufUtil.writeAscii(packet, jws);
    return packet;
  }

  static ByteBuf bytes(ByteBufAllocator allocator, String text) {
    return ByteBufUtil.writeAscii(allocator, text);
  }

  private static String claims(String unlock, String door) {
    return "{\"iss\":\"floor\",\"aud\":\""
        + door
        + "\",\"jti\":\""
        + unlock
        + "\",\"iat\":1700000000,\"exp\":1700000005,\"cmd\":\"unlock\",\"hold\":5}";
  }

  private static String record(String type, String unlock, String door) {
    return XADD
        + bulk(AUDIT + door)
        + NEXT_RECORD
        + bulk(
            "{\"specversion\":\"1.0\",\"type\":\"vestibule.unlock."
                + type
                + "\",\"subject\":\""
                + door
                + "\",\"data\":{\"unlock\":\""
                + unlock
                + "\"},\"rest\":\""
                + RECORDED
                + "\"}");
  }

  private static String answer(String status, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n"
        + "Content-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /** As Redis takes a part of a command. */
  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  private static String base64(String json) {
    return BASE64.encodeToString(json.getBytes(StandardCharsets.US_ASCII));
  }
}
