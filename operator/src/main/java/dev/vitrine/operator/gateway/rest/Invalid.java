package dev.vitrine.operator.gateway.rest;

import java.util.List;

/** Input that cannot be read: 422 with {@code detail} in the shape that FastAPI made common. */
final class Invalid extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * One thing wrong.
   *
   * @param loc where, such as {@code ["body", "id"]}
   * @param type a stable word, such as {@code missing}
   */
  record Fault(List<String> loc, String msg, String type) {}

  private final transient List<Fault> faults;

  Invalid(List<Fault> faults) {
    super(null, null, false, false);
    this.faults = List.copyOf(faults);
  }

  static Invalid query(String name, String msg, String type) {
    return new Invalid(List.of(new Fault(List.of("query", name), msg, type)));
  }

  List<Fault> faults() {
    return faults;
  }
}
