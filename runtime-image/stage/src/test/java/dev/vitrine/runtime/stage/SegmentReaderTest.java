package dev.vitrine.runtime.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.runtime.engine.scene.LightData;
import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.UpAxis;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SegmentReaderTest {

  private final SegmentBuilder builder = new SegmentBuilder();

  @Test
  void a_segment_becomes_a_scene() throws Exception {
    var content = SegmentReader.read(builder.build());

    var scene = content.scene();
    assertThat(content.warnings()).containsExactly("Something was left out.");
    assertThat(scene.upAxis()).isEqualTo(UpAxis.Z);
    assertThat(scene.metersPerUnit()).isEqualTo(0.01);
    var mesh = scene.meshes().getFirst();
    assertThat(mesh.vertexCount()).isEqualTo(3);
    assertThat(mesh.indexCount()).isEqualTo(3);
    assertThat(mesh.doubleSided()).isTrue();
    assertThat(mesh.uvs()).isNull();
    assertThat(mesh.bounds().max()).isEqualTo(new Vec3(1, 1, 0));
    var draw = scene.draws().getFirst();
    assertThat(draw.owner()).isEqualTo("/World/Triangle");
    assertThat(draw.instanceCount()).isEqualTo(2);
    assertThat(Matrix4.ofFloats(draw.transforms(), 64).point(Vec3.ZERO))
        .isEqualTo(new Vec3(7, 0, 0));
    assertThat(scene.materials().getFirst().baseColor()).isEqualTo(new Vec3(1, 0, 0));
    assertThat(scene.lights().getFirst().shape()).isEqualTo(LightData.Shape.DISTANT);
    assertThat(scene.cameras().getFirst().owner()).isEqualTo("/World/Camera");
  }

  @Test
  void something_else_is_not_a_segment() {
    assertRefused(MemorySegment.ofArray(new byte[0]), "it is not a segment file");
    assertRefused(MemorySegment.ofArray(new byte[4096]), "it is not a segment file");
  }

  @Test
  void a_truncated_segment_is_refused() {
    var whole = builder.build();
    for (long size = 0; size < whole.byteSize(); size++) {
      var part = whole.asSlice(0, size);
      assertThatThrownBy(() -> SegmentReader.read(part)).isInstanceOf(SegmentException.class);
    }
  }

  @Test
  void an_index_beyond_the_vertices_is_refused() {
    builder.lastIndex = 3;
    assertRefused(builder.build(), "out of range");
  }

  @Test
  void rows_that_do_not_exist_are_refused() {
    builder.material = 1;
    assertRefused(builder.build(), "there is no material 1");
    assertRefused(new SegmentBuilder(), b -> b.owner = 1, "there is no owner 1");
    assertRefused(new SegmentBuilder(), b -> b.mesh = 5, "there is no mesh 5");
  }

  @Test
  void arrays_outside_of_the_file_are_refused() {
    assertRefused(new SegmentBuilder(), b -> b.positionsShift = 1 << 20, "positions lie outside");
    assertRefused(
        new SegmentBuilder(), b -> b.positionsShift = Long.MIN_VALUE, "positions lie outside");
    assertRefused(new SegmentBuilder(), b -> b.vertexCount = -1, "positions lie outside");
  }

  @Test
  void a_document_that_is_malformed_or_lacks_a_field_is_refused() {
    assertRefused(new SegmentBuilder(), b -> b.document = "", "invalid");
    assertRefused(new SegmentBuilder(), b -> b.document = "{", "not JSON");
    assertRefused(new SegmentBuilder(), b -> b.document = "[".repeat(100_000), "not JSON");
    assertRefused(
        new SegmentBuilder(),
        b -> b.document = SegmentBuilder.DOCUMENT.replace("roughness", "smoothness"),
        "roughness");
  }

  @Test
  void mutated_segments_are_read_or_refused_and_nothing_else() {
    var original = builder.build().toArray(ValueLayout.JAVA_BYTE);
    for (int seed = 0; seed < 5_000; seed++) {
      var random = new Random(seed);
      var bytes = original.clone();
      for (int i = random.nextInt(6); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      readOrRefuse(bytes, seed);
    }
  }

  @Test
  void random_tables_behind_a_valid_start_are_read_or_refused_and_nothing_else() {
    var original = builder.build().toArray(ValueLayout.JAVA_BYTE);
    for (int seed = 0; seed < 5_000; seed++) {
      var random = new Random(seed);
      var bytes = original.clone();
      var noise = new byte[bytes.length - 16];
      random.nextBytes(noise);
      int from = random.nextInt(noise.length);
      int length = random.nextInt(noise.length - from);
      System.arraycopy(noise, from, bytes, 16 + from, length);
      readOrRefuse(bytes, seed);
    }
  }

  private static void readOrRefuse(byte[] bytes, int seed) {
    try {
      SegmentReader.read(MemorySegment.ofArray(bytes));
    } catch (SegmentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    } catch (RuntimeException leaked) {
      throw new AssertionError("seed " + seed, leaked);
    }
  }

  private static void assertRefused(
      SegmentBuilder builder, Consumer<SegmentBuilder> change, String words) {
    change.accept(builder);
    assertRefused(builder.build(), words);
  }

  private static void assertRefused(MemorySegment segment, String words) {
    assertThatThrownBy(() -> SegmentReader.read(segment))
        .isInstanceOf(SegmentException.class)
        .hasMessageContaining(words);
  }
}
