package dev.vitrine.runtime.stage;

import dev.vitrine.runtime.engine.scene.SceneSnapshot;
import java.util.List;

/** What a segment file holds. */
record SegmentContent(SceneSnapshot scene, List<String> warnings) {}
