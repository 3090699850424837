package dev.vitrine.operator.gateway.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionNameTest {

  @Test
  void a_name_begins_with_the_apps_and_is_a_label() {
    assertThat(SessionName.random("usd-viewer")).matches("usd-viewer-[a-z0-9]{13}");
    assertThat(SessionName.random("a".repeat(63))).matches("a{49}-[a-z0-9]{13}").hasSize(63);
  }

  @Test
  void no_two_are_alike() {
    var names = Stream.generate(() -> SessionName.random("viewer")).limit(1_000).toList();

    assertThat(names).doesNotHaveDuplicates();
  }
}
