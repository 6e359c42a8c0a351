package io.vestibule.directory;

import io.vestibule.access.DoorId;

/** Hears, on whichever loop, of changes that concern what is under way on this node. */
public interface DirectoryWatcher {
  /** A lockdown began, ended or changed in some building. */
  void lockdownChanged();

  /** The door's entry was written or deleted, here or on another node. */
  void doorChanged(DoorId door);

  /** Any door's entry may have been written or deleted while nothing was told. */
  void anyDoorChanged();
}
