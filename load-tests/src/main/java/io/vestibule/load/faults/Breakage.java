package io.vestibule.load.faults;

import io.vestibule.load.stage.CannotRun;
import io.vestibule.load.stage.KeptRedis;
import io.vestibule.load.stage.Waiting;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Does to gateways, Redis and the lines between them what a fault says, and mends it. */
final class Breakage {
  private final KeptRedis redis;
  private final List<Node> nodes;

  Breakage(KeptRedis redis, List<Node> nodes) {
    this.redis = redis;
    this.nodes = nodes;
  }

  /** For as long as it lasts, or until it is called off; mended in any case. */
  Spell inflict(Fault fault, BooleanSupplier calledOff) throws CannotRun {
    long from = System.nanoTime();
    breakIt(fault);
    Waiting.until(fault.lasting(), calledOff);
    mend(fault);
    return new Spell(fault.kind(), from, System.nanoTime());
  }

  private void breakIt(Fault fault) throws CannotRun {
    Node node = nodes.get(fault.node());
    switch (fault.kind()) {
      case GATEWAY_KILLED -> node.kill();
      case GATEWAY_STOPPED -> node.pause();
      case GATEWAY_DRAINED -> node.drain();
      case REDIS_KILLED -> redis.kill();
      case REDIS_STOPPED -> redis.pause();
      case REDIS_DISK_FULL -> redis.fillDisk();
      case LINE_CUT -> node.line().cut();
      case LINE_SLOW -> node.line().slow(fault.delay());
      case LINE_HELD -> node.line().hold();
    }
  }

  private void mend(Fault fault) throws CannotRun {
    Node node = nodes.get(fault.node());
    switch (fault.kind()) {
      case GATEWAY_KILLED, GATEWAY_DRAINED -> node.restart();
      case GATEWAY_STOPPED -> node.resume();
      case REDIS_KILLED -> redis.restart();
      case REDIS_STOPPED -> redis.resume();
      case REDIS_DISK_FULL -> redis.freeDisk();
      case LINE_CUT, LINE_SLOW, LINE_HELD -> node.line().restore();
    }
  }
}
