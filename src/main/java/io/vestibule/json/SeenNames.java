package io.vestibule.json;

import java.util.Arrays;

/** The members' names of all objects that are open, so that none stands twice in one of them. */
final class SeenNames {
  /**
   * More than fit into a token, whose members have five bytes at least: with it, not even a huge
   * text makes the search below long.
   */
  private static final int COUNT_MAX = 512;

  private final byte[] bytes;

  private long[] keys = new long[8];
  private byte[] depths = new byte[8];
  private int[] froms = new int[8];
  private int[] tos = new int[8];
  private int count;

  SeenNames(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Forgets the names of the object that was open at this depth, if it was one. */
  void close(int depth) {
    while (count > 0 && depths[count - 1] == depth) {
      count--;
    }
  }

  /** Notes a name of the object that is open at this depth, the innermost of all. */
  void add(int depth, int from, int to) throws MalformedJson {
    long key = Stretch.key(bytes, from, to);
    for (int index = count - 1; index >= 0 && depths[index] == depth; index--) {
      if (keys[index] == key && same(index, from, to)) {
        throw new MalformedJson("a member twice");
      }
    }
    makeRoom();
    keys[count] = key;
    depths[count] = (byte) depth;
    froms[count] = from;
    tos[count++] = to;
  }

  private void makeRoom() throws MalformedJson {
    if (count == COUNT_MAX) {
      throw new MalformedJson("more than " + COUNT_MAX + " members");
    }
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, 2 * count);
      depths = Arrays.copyOf(depths, 2 * count);
      froms = Arrays.copyOf(froms, 2 * count);
      tos = Arrays.copyOf(tos, 2 * count);
    }
  }

  private boolean same(int index, int from, int to) {
    return Stretch.unmistakable(keys[index])
        || Arrays.equals(bytes, froms[index], tos[index], bytes, from, to);
  }
}
