package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifetimesTest {

  private static final Lifetimes LIFETIMES = new Lifetimes(60, 20, 600, 3600, 60, 1800, 7200);
  private static final int ROUNDS = 2_000;

  private final RandomGenerator random = new Random(20261122);

  @Test
  void lifetimes_are_read_as_they_were_written() throws Exception {
    assertThat(read(Json.tree(LIFETIMES))).isEqualTo(LIFETIMES);
  }

  @Test
  void a_controller_that_knows_of_no_extensions_allows_none() throws Exception {
    var json = Json.tree(LIFETIMES);
    json.remove("extensionSeconds");
    json.remove("ceilingSeconds");

    assertThat(read(json)).isEqualTo(new Lifetimes(60, 20, 600, 3600, 60, 0, 3600));
  }

  @ParameterizedTest
  @CsvSource({
    "extensionSeconds, -1, from 0 to 86400",
    "extensionSeconds, 86401, from 0 to 86400",
    "extensionSeconds, 0.5, from 0 to 86400",
    "extensionSeconds, 9223372036854775808, from 0 to 86400",
    "extensionSeconds, '\"60\"', from 0 to 86400",
    "extensionSeconds, '[60]', from 0 to 86400",
    "ceilingSeconds, -1, from 3600 to 315360000",
    "ceilingSeconds, 3599, from 3600 to 315360000",
    "ceilingSeconds, 315360001, from 3600 to 315360000",
    "ceilingSeconds, true, from 3600 to 315360000",
    "maxSeconds, -1, from 0 to 315360000",
    "warningSeconds, 315360001, from 0 to 315360000",
  })
  void what_is_out_of_bounds_is_refused_by_name(String field, String value, String bounds) {
    var text =
        Json.text(Json.tree(LIFETIMES)).replaceFirst("(\"" + field + "\":)\\d+", "$1" + value);

    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(() -> Lifetimes.read(Json.object("lifetimes", text, 1_000)))
        .withMessage("The lifetimes has a bad `%s`: it must be a whole number %s.", field, bounds);
  }

  @Test
  void whatever_is_read_keeps_its_bounds() {
    var read = 0;
    for (var round = 0; round < ROUNDS; round++) {
      var json = Json.newObject();
      for (var field : Json.tree(LIFETIMES).properties()) {
        json.put(field.getKey(), anyNumber());
      }
      try {
        var lifetimes = read(json);
        assertThat(Json.tree(lifetimes)).isEqualTo(json);
        assertThat(lifetimes.extensionSeconds()).isBetween(0, 86_400);
        assertThat(lifetimes.ceilingSeconds()).isBetween(lifetimes.maxSeconds(), 315_360_000);
        read++;
      } catch (BadMessageException e) {
        assertThat(e.getMessage()).startsWith("The lifetimes has a bad `").endsWith(".");
      }
    }
    assertThat(read).isPositive().isLessThan(ROUNDS);
  }

  /** About as often small as large, and now and then just beyond a bound. */
  private int anyNumber() {
    int bound = new int[] {2, 86_402, 315_360_002}[random.nextInt(3)];
    return random.nextInt(20) == 0 ? -1 : random.nextInt(1, bound);
  }

  private static Lifetimes read(ObjectNode json) throws BadMessageException {
    return Lifetimes.read(Json.object("lifetimes", Json.text(json), 1_000));
  }
}
