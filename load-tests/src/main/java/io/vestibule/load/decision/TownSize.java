package io.vestibule.load.decision;

/** The towns that the benchmarks know, by their names there. */
enum TownSize {
  ONE_RULE("1 building with 1 rule, 1 door"),
  TEN_THOUSAND_RULES("100 buildings with 100 rules each, 10,000 doors"),
  MILLION_DOORS("10,000 buildings with 10 rules each, 1,000,000 doors");

  private final String title;

  TownSize(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
