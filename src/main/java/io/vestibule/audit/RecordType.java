package io.vestibule.audit;

/** The types of audit records, by their CloudEvents names. */
public enum RecordType {
  UNLOCK_GRANTED("vestibule.unlock.granted"),
  UNLOCK_OPENED("vestibule.unlock.opened"),
  UNLOCK_REFUSED("vestibule.unlock.refused"),
  UNLOCK_UNKNOWN("vestibule.unlock.unknown"),
  UNLOCK_DENIED("vestibule.unlock.denied"),
  UNLOCK_SUPPRESSED("vestibule.unlock.suppressed"),
  UNLOCK_LATE_ACK("vestibule.unlock.late_ack"),
  DOOR_OPENED("vestibule.door.opened"),
  DOOR_CLOSED("vestibule.door.closed"),
  DOOR_HELD_OPEN("vestibule.door.held_open"),
  DOOR_FORCED_OPEN("vestibule.door.forced_open"),
  DOOR_TAMPER("vestibule.door.tamper"),
  DOOR_EXIT_REQUEST("vestibule.door.exit_request"),
  DOOR_BOOTED("vestibule.door.booted"),
  DOOR_PIN_USED("vestibule.door.pin_used"),
  DOOR_ONLINE("vestibule.door.online"),
  DOOR_OFFLINE("vestibule.door.offline"),
  POLICY_CHANGED("vestibule.policy.changed"),
  LOCKDOWN_STARTED("vestibule.lockdown.started"),
  LOCKDOWN_LIFTED("vestibule.lockdown.lifted"),
  GRANT_CREATED("vestibule.grant.created"),
  GRANT_REVOKED("vestibule.grant.revoked"),
  GRANT_CLOSED("vestibule.grant.closed");

  private final String code;

  RecordType(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }
}
