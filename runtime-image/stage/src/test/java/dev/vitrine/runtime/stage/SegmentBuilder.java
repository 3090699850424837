package dev.vitrine.runtime.stage;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A segment of one triangle, drawn twice, as the Python process would write it. */
final class SegmentBuilder {

  static final String DOCUMENT =
      """
      {"upAxis":"Z","metersPerUnit":0.01,"owners":["/World/Triangle"],
       "materials":[{"path":"/World/Red","diffuseColor":[1,0,0],"vertexColored":false,"metallic":0,
         "roughness":0.5,"emissiveColor":[0,0,0],"opacity":1,"opacityThreshold":0}],
       "lights":[{"path":"/World/Sun","shape":"DISTANT","color":[1,1,1],"intensity":2,
         "world":[1,0,0,0, 0,1,0,0, 0,0,1,0, 0,0,0,1]}],
       "cameras":[{"path":"/World/Camera","verticalFieldOfViewRadians":0.8,
         "world":[1,0,0,0, 0,1,0,0, 0,0,1,0, 0,0,5,1]}],
       "warnings":["Something was left out."]}
      """;

  String document = DOCUMENT;
  int lastIndex = 2;
  int material = 0;
  int owner = 0;
  int mesh = 0;
  long positionsShift = 0;
  int vertexCount = 3;

  private final ByteArrayOutputStream file = new ByteArrayOutputStream();

  MemorySegment build() {
    append(bytes(64));
    long positions = append(floats(0, 0, 0, 1, 0, 0, 0, 1, 0));
    long normals = append(floats(0, 0, 1, 0, 0, 1, 0, 0, 1));
    long indices = append(bytes(12).putInt(0).putInt(1).putInt(lastIndex));
    long transforms =
        append(
            floats(
                1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, //
                1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 7, 0, 0, 1));
    long meshes =
        append(
            bytes(96)
                .putInt(1)
                .putInt(vertexCount)
                .putInt(3)
                .putInt(0)
                .putLong(positions + positionsShift)
                .putLong(normals)
                .putLong(0)
                .putLong(0)
                .putLong(indices)
                .putLong(0)
                .put(floats(0, 0, 0, 1, 1, 0).flip()));
    long draws =
        append(bytes(24).putInt(mesh).putInt(material).putInt(2).putInt(owner).putLong(transforms));
    var text = document.getBytes(StandardCharsets.UTF_8);
    long documentAt = append(bytes(text.length).put(text));
    var whole = ByteBuffer.wrap(file.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    whole
        .put("VITRSEG1".getBytes(StandardCharsets.US_ASCII))
        .putLong(file.size())
        .putLong(meshes)
        .putLong(1)
        .putLong(draws)
        .putLong(1)
        .putLong(documentAt)
        .putLong(text.length);
    return MemorySegment.ofArray(whole.array());
  }

  private long append(ByteBuffer data) {
    file.writeBytes(new byte[-file.size() & 63]);
    long at = file.size();
    file.writeBytes(data.array());
    return at;
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer floats(float... values) {
    var buffer = bytes(4 * values.length);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer;
  }
}
