package io.vestibule.simulation;

import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;

/** The bytes that a courier's app sends, once or again; {@code hash} tells other bytes apart. */
record Request(
    CourierId courier, DoorId door, GrantId grant, String jti, String bytes, String hash) {
  @Override
  public String toString() {
    return jti + "/" + hash.substring(0, 4) + " of " + courier + " at " + door + " by " + grant;
  }
}
