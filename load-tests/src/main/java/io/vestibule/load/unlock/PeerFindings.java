package io.vestibule.load.unlock;

import io.vestibule.load.report.Bound;
import io.vestibule.load.report.Figure;
import java.util.ArrayList;
import java.util.List;

/** The comparison stack, and the gateway held against it. */
record PeerFindings(Measured gateway, Measured peer) {
  private static final double RATE_RATIO_MIN = 10;
  private static final double COST_RATIO_MIN = 7;

  List<Figure> figures() {
    List<Figure> figures = new ArrayList<>();
    String section = "Beside the peer";
    figures.addAll(TargetFigures.highest(section, peer, false));
    figures.addAll(TargetFigures.sustained("the peer", peer));
    figures.addAll(Costs.ofPeer(peer).figures());
    figures.add(
        new Figure.Subject(section, "sustained rate of the gateway by the peer's")
            .figure("ratio", "", TargetFigures.ratio(gateway.sustained(), peer.sustained())));
    figures.add(
        new Figure.Subject(section, "highest rate of the gateway by the peer's")
            .figure(
                "ratio",
                "",
                TargetFigures.ratio(gateway.highest(), peer.highest()),
                Bound.timingAtLeast(RATE_RATIO_MIN)));
    figures.add(
        new Figure.Subject(section, "processor time of the peer by the gateway's, Redis included")
            .figure(
                "ratio",
                "",
                peer.shared().microsInAll() / gateway.shared().microsInAll(),
                Bound.timingAtLeast(COST_RATIO_MIN)));
    figures.add(
        new Figure.Subject(section, "failures of both at " + TargetFigures.rate(peer.shared()))
            .figure(
                "count",
                "",
                peer.shared().failureCount() + gateway.shared().failureCount(),
                Bound.exact(0)));
    return figures;
  }
}
