package dev.vitrine.operator.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageFilesTest {

  private final PageFiles files = new PageFiles();

  @Test
  void a_file_has_its_media_type_and_a_tag_that_is_its_contents() {
    var page = files.find("sample-A1b2C3d4.css").orElseThrow();

    assertThat(page.mediaType()).isEqualTo("text/css; charset=utf-8");
    assertThat(page.tag()).matches("\"[0-9a-f]{32}\"");
    assertThat(page.forever()).isTrue();
  }

  @Test
  void a_name_that_stays_while_the_content_changes_is_asked_for_again() {
    assertThat(files.find("sample.html").orElseThrow().forever()).isFalse();
  }

  @Test
  void no_name_leads_out_of_the_folder() {
    for (var name : List.of("../x.html", "..", ".hidden.html", "a/b.html", "", "x".repeat(200))) {
      assertThat(files.find(name)).isEmpty();
    }
  }

  @Test
  void a_file_of_no_known_type_is_not_served() {
    assertThat(files.find("sample.bin")).isEmpty();
  }
}
