package io.vestibule.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.vestibule.access.BuildingId;
import io.vestibule.access.CourierId;
import io.vestibule.access.DoorId;
import io.vestibule.access.GrantId;
import io.vestibule.access.UnlockId;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final BuildingId ELM = new BuildingId("elm-12");

  @Test
  void shard_neverChanges() {
    // What is stored today must be found tomorrow.
    assertThat(Keys.shard(ELM)).isEqualTo("159");
    assertThat(Keys.shard(new BuildingId("oak-3"))).isEqualTo("0df");
  }

  @Test
  void shards_areAllUsed() {
    Set<String> shards = new HashSet<>();
    for (int count = 0; count < 20_000; count++) {
      shards.add(Keys.shard(new BuildingId("building-" + count)));
    }
    assertThat(shards)
        .hasSize(Keys.SHARD_COUNT)
        .allMatch(shard -> shard.matches("[0-3][0-9a-f]{2}"));
  }

  @Test
  void keysOfOneScript_shareATag() {
    String tag = "{" + Keys.shard(ELM) + "}";
    assertThat(Keys.grant(ELM, new GrantId("g"))).isEqualTo("vb:" + tag + ":grant:g");
    assertThat(Keys.attempt(Keys.shard(ELM), new UnlockId("u1"))).contains(tag);
    assertThat(Keys.rate(ELM, new DoorId("d"))).contains(tag);
    assertThat(Keys.lockdown(ELM)).isEqualTo("vd:lockdown:" + tag + ":elm-12");
    assertThat(Keys.pending(Keys.shard(ELM))).contains(tag);
    assertThat(Keys.audit(ELM)).contains(tag);
    assertThat(Keys.events(ELM, new DoorId("d"))).contains(tag);
    assertThat(Keys.buildingDoors(ELM)).contains("{" + Keys.building(ELM) + "}");
  }

  @Test
  void directoryKeys_areReadBack_andNoOthers() {
    assertThat(Keys.readBuilding(Keys.building(ELM))).contains(ELM);
    assertThat(Keys.readDoor(Keys.door(new DoorId("d")))).contains(new DoorId("d"));
    assertThat(Keys.readCourier(Keys.courier(new CourierId("c")))).contains(new CourierId("c"));
    assertThat(Keys.readLockdown(Keys.lockdown(ELM))).contains(ELM);

    assertThat(Keys.readDoor(Keys.courier(new CourierId("c")))).isEmpty();
    assertThat(Keys.readDoor("vd:door:")).isEmpty();
    assertThat(Keys.readDoor("vd:door:{x}")).isEmpty();
    assertThat(Keys.readBuilding(Keys.buildingDoors(ELM))).isEmpty();
    assertThat(Keys.readLockdown("vd:lockdown:")).isEmpty();
    assertThat(Keys.directoryPrefixes())
        .anyMatch(Keys.lockdown(ELM)::startsWith)
        .noneMatch(Keys.buildingDoors(ELM)::startsWith);
  }

  @Test
  void unlocksShard_isReadFromItsId() {
    assertThat(Keys.shard(new UnlockId("u26eXYZ"))).contains("26e");
    assertThat(Keys.shard(new UnlockId("x26eXYZ"))).isEmpty();
    assertThat(Keys.shard(new UnlockId("u26"))).isEmpty();
    assertThat(Keys.shard(new UnlockId("u26X"))).isEmpty();
  }
}
