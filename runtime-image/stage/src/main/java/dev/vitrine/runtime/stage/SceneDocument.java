package dev.vitrine.runtime.stage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.runtime.engine.scene.CameraData;
import dev.vitrine.runtime.engine.scene.LightData;
import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.UpAxis;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The JSON part of a segment: what is small and varied. */
record SceneDocument(
    UpAxis upAxis,
    double metersPerUnit,
    List<String> owners,
    List<MaterialData> materials,
    List<LightData> lights,
    List<CameraData> cameras,
    List<String> warnings) {

  private static final int MOST_BYTES = 256 << 20;

  /**
   * @throws SegmentException if it is no JSON or lacks a field
   * @throws IllegalArgumentException if a value is out of its range
   */
  static SceneDocument parse(MemorySegment utf8) throws SegmentException {
    if (utf8.byteSize() > MOST_BYTES) {
      throw new SegmentException("its document is too large");
    }
    var text = new String(utf8.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    try {
      return of(Json.read(text));
    } catch (JsonProcessingException malformed) {
      throw new SegmentException("its document is not JSON", malformed);
    }
  }

  private static SceneDocument of(JsonNode json) {
    var materials = new ArrayList<MaterialData>();
    for (var material : json.required("materials")) {
      materials.add(material(materials.size(), material));
    }
    var lights = new ArrayList<LightData>();
    for (var light : json.required("lights")) {
      lights.add(light(light));
    }
    var cameras = new ArrayList<CameraData>();
    for (var camera : json.required("cameras")) {
      cameras.add(camera(camera));
    }
    return new SceneDocument(
        UpAxis.valueOf(json.required("upAxis").asText()),
        json.required("metersPerUnit").asDouble(),
        texts(json.required("owners")),
        materials,
        lights,
        cameras,
        texts(json.required("warnings")));
  }

  private static MaterialData material(int id, JsonNode json) {
    return new MaterialData(
        id,
        vector(json.required("diffuseColor")),
        json.required("vertexColored").asBoolean(),
        json.required("metallic").asDouble(),
        json.required("roughness").asDouble(),
        vector(json.required("emissiveColor")),
        json.required("opacity").asDouble(),
        json.required("opacityThreshold").asDouble());
  }

  private static LightData light(JsonNode json) {
    return new LightData(
        json.required("path").asText(),
        LightData.Shape.valueOf(json.required("shape").asText()),
        vector(json.required("color")),
        json.required("intensity").asDouble(),
        Matrix4.ofColumns(numbers(json.required("world"))));
  }

  private static CameraData camera(JsonNode json) {
    return new CameraData(
        json.required("path").asText(),
        Matrix4.ofColumns(numbers(json.required("world"))),
        json.required("verticalFieldOfViewRadians").asDouble());
  }

  private static Vec3 vector(JsonNode json) {
    return new Vec3(
        json.required(0).asDouble(), json.required(1).asDouble(), json.required(2).asDouble());
  }

  private static double[] numbers(JsonNode json) {
    var numbers = new double[json.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = json.required(i).asDouble();
    }
    return numbers;
  }

  private static List<String> texts(JsonNode json) {
    var texts = new ArrayList<String>();
    json.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
