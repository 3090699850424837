package dev.vitrine.operator.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageRequestTest {

  @Test
  void a_page_is_a_part_of_all_and_says_how_many_there_are() {
    var page = Page.of(PageRequest.of("1", "2"), List.of("a", "b", "c", "d"));

    assertThat(page).isEqualTo(new Page<>(1, 2, 4, List.of("b", "c")));
  }

  @Test
  void without_wishes_it_is_the_first_fifty() {
    assertThat(PageRequest.of(null, null)).isEqualTo(new PageRequest(0, 50));
  }

  @Test
  void beyond_the_end_there_is_nothing() {
    assertThat(Page.of(PageRequest.of("9", "1"), List.of("a")).items()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1, offset, greater_than_equal",
    "0, 0, limit, greater_than_equal",
    "x, 1, offset, int_parsing",
    "0, 99999999999, limit, int_parsing",
  })
  void a_bad_number_is_named(String offset, String limit, String name, String type) {
    var invalid = catchThrowableOfType(Invalid.class, () -> PageRequest.of(offset, limit));

    assertThat(invalid.faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.loc()).containsExactly("query", name))
        .satisfies(fault -> assertThat(fault.type()).isEqualTo(type));
  }
}
