package io.vestibule.load.traffic;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Requests to open doors, signed before they are due: signing costs as much as all else that the
 * generator does. They live for a minute from their making.
 */
final class SignedRequests implements AutoCloseable {
  private static final int PER_CHUNK = 1_000;

  private final Itinerary itinerary;
  private final long first;
  private final List<Chunk> chunks;
  private int taken;

  private SignedRequests(Itinerary itinerary, long first, List<Chunk> chunks) {
    this.itinerary = itinerary;
    this.first = first;
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
    return make(itinerary, count, IntStream::parallel);
  }

  /** The same on the caller's thread alone. */
  static SignedRequests makeAlone(Itinerary itinerary, int count) {
    return make(itinerary, count, IntStream::sequential);
  }

  private static SignedRequests make(
      Itinerary itinerary, int count, UnaryOperator<IntStream> threads) {
    long first = itinerary.advance(count);
    List<Chunk> chunks =
        threads
            .apply(IntStream.range(0, (count + PER_CHUNK - 1) / PER_CHUNK))
            .mapToObj(
                chunk ->
                    chunk(
                        itinerary,
                        first + (long) chunk * PER_CHUNK,
                        Math.min(PER_CHUNK, count - chunk * PER_CHUNK)))
            .toList();
    return new SignedRequests(itinerary, first, chunks);
  }

  /** The number of the door that the next one is for. */
  int nextDoor() {
    return itinerary.door(first + taken);
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
