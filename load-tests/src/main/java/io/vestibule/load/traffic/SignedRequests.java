package io.vestibule.load.traffic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Requests to open doors, signed before they are due: signing costs as much as all else that the
 * generator does. They live for a minute from their making.
 */
final class SignedRequests implements AutoCloseable {
  private static final int PER_CHUNK = 1_000;

  private final List<Chunk> chunks;
  private int taken;

  private SignedRequests(List<Chunk> chunks) {
    this.chunks = chunks;
  }

  /** Requests one behind the other, outside the heap, and where each ends. */
  private static final class Chunk {
    private final ByteBuf bytes;
    private final int[] ends;

    Chunk(ByteBuf bytes, int[] ends) {
      this.bytes = bytes;
      this.ends = ends;
    }

    ByteBuf request(int index) {
      int from = index == 0 ? 0 : ends[index - 1];
      return bytes.retainedSlice(from, ends[index] - from);
    }
  }

  /** As many as asked for, the next of the itinerary, on all cores. */
  static SignedRequests make(Itinerary itinerary, int count) {
    long first = itinerary.advance(count);
    List<Chunk> chunks =
        IntStream.range(0, (count + PER_CHUNK - 1) / PER_CHUNK)
            .parallel()
            .mapToObj(
                chunk ->
                    chunk(
                        itinerary,
                        first + (long) chunk * PER_CHUNK,
                        Math.min(PER_CHUNK, count - chunk * PER_CHUNK)))
            .toList();
    return new SignedRequests(chunks);
  }

  /** The next one, to be released by whoever writes it. */
  ByteBuf next() {
    ByteBuf request = chunks.get(taken / PER_CHUNK).request(taken % PER_CHUNK);
    taken++;
    return request;
  }

  @Override
  public void close() {
    chunks.forEach(chunk -> chunk.bytes.release());
  }

  private static Chunk chunk(Itinerary itinerary, long first, int count) {
    ByteBuf bytes = Unpooled.directBuffer(count * 1_024);
    int[] ends = new int[count];
    for (int index = 0; index < count; index++) {
      bytes.writeBytes(itinerary.request(first + index).bytes());
      ends[index] = bytes.writerIndex();
    }
    return new Chunk(bytes, ends);
  }
}
