package io.vestibule.config;

/** Where a write must be before it counts as done. */
public enum Durability {
  /** In the primary's memory; a failover or a crash may lose the latest. */
  PRIMARY,
  /** In that of one replica too, which a failover then promotes. */
  REPLICA,
  /** On the primary's disk, so that its restart finds it. */
  DISK
}
