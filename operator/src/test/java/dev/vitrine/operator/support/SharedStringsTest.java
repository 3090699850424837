package dev.vitrine.operator.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import org.junit.jupiter.api.Test;

class SharedStringsTest {

  private final ObjectMapper mapper =
      new ObjectMapper()
          .registerModule(new SimpleModule().addDeserializer(String.class, new SharedStrings()));

  @Test
  void of_equal_strings_there_is_one() throws Exception {
    var first = strings("[\"viewer\", \"other\", \"viewer\"]");
    var second = strings("[\"viewer\"]");
    assertThat(first).containsExactly("viewer", "other", "viewer");
    assertThat(first[2]).isSameAs(first[0]);
    assertThat(second[0]).isSameAs(first[0]);
  }

  @Test
  void what_two_strings_share_a_slot_for_stays_what_it_is() throws Exception {
    assertThat(strings("[\"Aa\", \"BB\", \"Aa\"]"))
        .containsExactly("Aa", "BB", "Aa"); // equal hashes
  }

  @Test
  void what_is_absent_or_long_is_read_as_ever() throws Exception {
    var large = "x".repeat(10_000);
    assertThat(strings("[null, \"\", \"%s\"]".formatted(large))).containsExactly(null, "", large);
  }

  private String[] strings(String json) throws Exception {
    return mapper.readValue(json, String[].class);
  }
}
