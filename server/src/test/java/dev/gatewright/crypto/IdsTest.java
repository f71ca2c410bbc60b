package dev.gatewright.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Ids are UUIDv7 (RFC 9562 §5.7). */
class IdsTest {
  @Test
  void idsAreOfVersion7AndOfTheStandardVariant() {
    UUID id = Ids.next();

    assertEquals(7, id.version());
    assertEquals(2, id.variant());
  }

  @Test
  void idsSortInTheOrderTheyWereMade() {
    byte[] before = Ids.bytes(Ids.next());
    for (int i = 0; i < 10_000; i++) {
      byte[] after = Ids.bytes(Ids.next());
      assertTrue(Arrays.compareUnsigned(before, after) < 0);
      before = after;
    }
  }

  @Test
  void idsTellWhenTheyWereMade() {
    long now = System.currentTimeMillis();

    long made = Ids.next().getMostSignificantBits() >>> 16;

    assertTrue(Math.abs(made - now) < 60_000);
  }

  @Test
  void anIdComesBackFromItsBytes() {
    UUID id = Ids.next();

    assertEquals(id, Ids.uuid(Ids.bytes(id)));
  }
}
